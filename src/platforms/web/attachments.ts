/** Files that a person attached: checked by content, kept under a random name. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AttachmentSource } from '../platform.ts';
import { checkFile, type CheckedFile, type GivenUpload } from './check-file.ts';
import type { FileShelf } from './file-shelf.ts';
import type { ShownFile } from './stored-message.ts';

const UPLOADS_PER_MESSAGE = 10;

interface Upload {
  readonly shown: ShownFile;
  readonly attachment: AttachmentRef;
}

export interface Uploads {
  /** Keeps all of them or none. Throws `UserError` with one line for each that will not do. */
  keep(files: readonly GivenUpload[]): Promise<readonly Upload[]>;
  locate(attachment: AttachmentRef): Promise<AttachmentSource>;
}

export function createUploads(folder: string, shelf: FileShelf): Uploads {
  const uploadFolder = path.join(folder, 'uploads');

  async function keepOne(file: CheckedFile): Promise<Upload> {
    const { fileName, contentType, option } = file;
    const absolute = path.join(uploadFolder, `${randomUUID()}.${file.extension}`);
    await writeFile(absolute, file.content.stream(), { flag: 'wx' });
    const bytes = file.content.size;
    const altText = `Attached ${file.noun} ${fileName}`;
    const facts = { fileName, contentType, bytes, altText, isSpoiler: false };
    const shown = await shelf.show({ path: absolute, ...facts });
    const url = `/web/files/${shown.id}`;
    const claim = { fileName, claimedType: contentType, bytes, url };
    const attachment = { platform: 'web', id: shown.id, ...claim };
    return { shown, attachment: option === undefined ? attachment : { ...attachment, option } };
  }

  return {
    async keep(files) {
      if (files.length > UPLOADS_PER_MESSAGE) {
        throw new UserError(
          `That is ${files.length} files; at most ${UPLOADS_PER_MESSAGE} go with one message.`,
        );
      }
      const checked = await checkAll(files);
      await mkdir(uploadFolder, { recursive: true });
      return Promise.all(checked.map(keepOne));
    },
    async locate(attachment) {
      const file = await shelf.find(attachment.id);
      if (file !== undefined && file !== 'gone') return { kind: 'local', path: file.path };
      throw new UserError(`“${attachment.fileName}” is no longer here. Attach it again.`);
    },
  };
}

async function checkAll(files: readonly GivenUpload[]): Promise<CheckedFile[]> {
  const outcomes = await Promise.all(files.map(checkFile));
  const mistakes = outcomes.filter((outcome) => typeof outcome === 'string');
  if (mistakes.length > 0) throw new UserError(mistakes.join('\n'));
  return outcomes.filter((outcome) => typeof outcome !== 'string');
}
