/** What somebody filled in, by the names of the command's options. */
import { ComponentType, type ModalData, type ModalSubmitInteraction } from 'discord.js';
import { expandFlags } from '../../command-line.ts';
import type { Command } from '../../command.ts';
import type { AttachmentRef } from '../../request.ts';
import type { RawValues } from '../../option.ts';
import { toOptionRef } from './attachments.ts';
import { toSeen, type Wish } from './invocation.ts';

export function readFormAnswers(
  { fields }: ModalSubmitInteraction,
  command: Command,
): Pick<Wish, 'options' | 'attachments'> {
  const asked = command.asks?.options ?? [];
  const answers = asked.flatMap((name) => {
    const field = fields.fields.get(name);
    return field ? [{ name, field }] : [];
  });
  const values: RawValues = Object.fromEntries(
    answers.flatMap(({ name, field }) => {
      const value = findValue(field);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    options: expandFlags(command, values),
    attachments: answers.flatMap(({ name, field }) => listUploads(name, field)),
  };
}

/** Undefined for what was left empty. */
function findValue(field: ModalData): string | undefined {
  if (field.type === ComponentType.FileUpload) return undefined;
  const value = 'values' in field ? field.values[0] : field.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listUploads(name: string, field: ModalData): readonly AttachmentRef[] {
  if (field.type !== ComponentType.FileUpload || field.values.length === 0) return [];
  return [...field.attachments.values()].map((attachment) => toOptionRef(toSeen(attachment), name));
}
