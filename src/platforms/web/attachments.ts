/** Pictures that a person attached: checked by content, kept under a random name. */
import { fileTypeFromBuffer } from 'file-type';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import type { AttachmentRef } from '../../request.ts';
import type { AttachmentSource } from '../platform.ts';
import type { FileShelf } from './file-shelf.ts';
import type { ShownFile } from './stored-message.ts';

const MEBIBYTE = 1024 * 1024;
const BYTES_PER_UPLOAD = 20 * MEBIBYTE;
const UPLOADS_PER_MESSAGE = 10;
/** All uploads of one message, and a little for the text. */
export const BYTES_PER_FORM = UPLOADS_PER_MESSAGE * BYTES_PER_UPLOAD + MEBIBYTE;
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'];

export interface Upload {
  readonly shown: ShownFile;
  readonly attachment: AttachmentRef;
}

export interface Uploads {
  /** Keeps all of them or none. Throws `UserError` with one line for each that will not do. */
  keep(files: readonly File[]): Promise<readonly Upload[]>;
  locate(attachment: AttachmentRef): Promise<AttachmentSource>;
}

interface Checked {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly extension: string;
}

export function createUploads(folder: string, shelf: FileShelf): Uploads {
  const uploadFolder = path.join(folder, 'uploads');

  async function keepOne({ fileName, bytes, contentType, extension }: Checked): Promise<Upload> {
    const absolute = path.join(uploadFolder, `${randomUUID()}.${extension}`);
    await writeFile(absolute, bytes, { flag: 'wx' });
    const size = bytes.byteLength;
    const altText = `Attached picture ${fileName}`;
    const file = { path: absolute, fileName, contentType, bytes: size, altText };
    const shown = await shelf.show({ ...file, isSpoiler: false });
    const url = `/web/files/${shown.id}`;
    const claim = { fileName, claimedType: contentType, bytes: size, url };
    return { shown, attachment: { platform: 'web', id: shown.id, ...claim } };
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
      if (file) return { kind: 'local', path: file.path };
      throw new UserError(`“${attachment.fileName}” is no longer here. Attach it again.`);
    },
  };
}

async function checkAll(files: readonly File[]): Promise<Checked[]> {
  const outcomes = await Promise.all(files.map(check));
  const mistakes = outcomes.filter((outcome) => typeof outcome === 'string');
  if (mistakes.length > 0) throw new UserError(mistakes.join('\n'));
  return outcomes.filter((outcome) => typeof outcome !== 'string');
}

/** The file's content decides what it is, not its name; a string says what is wrong with it. */
async function check(file: File): Promise<Checked | string> {
  const fileName = toPlainName(file.name);
  if (file.size === 0) return `“${fileName}” is empty. Choose another file.`;
  if (file.size > BYTES_PER_UPLOAD) {
    return `“${fileName}” has ${toMebibytes(file.size)} MB; pictures up to ${toMebibytes(BYTES_PER_UPLOAD)} MB are taken.`;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = await fileTypeFromBuffer(bytes);
  if (type && PICTURE_TYPES.includes(type.mime)) {
    return { fileName, bytes, contentType: type.mime, extension: type.ext };
  }
  const found = type ? `is of the type ${type.mime}` : 'holds no picture';
  return `“${fileName}” ${found}. Attach a PNG, JPEG, WebP, GIF or AVIF picture.`;
}

/** A browser may send any name: control characters go, the rest is only ever shown as text. */
function toPlainName(name: string): string {
  const plain = path
    .basename(name)
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return plain.slice(-100) || 'unnamed';
}

function toMebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(bytes % MEBIBYTE === 0 ? 0 : 1);
}
