/** What `/voices` is asked for, however it is typed: as options, or as words such as `clone Anna`. */
import { UserError } from '../errors.ts';
import type { Choice } from '../option.ts';
import type { AttachmentRef } from '../request.ts';
import type { VoiceScope, VoicesPlan } from './plan.ts';

export const VOICE_ACTIONS = [
  { value: 'list', label: 'list: yours, and those you may use' },
  { value: 'try', label: 'try: hear it say something' },
  { value: 'design', label: 'design: make one from a description' },
  { value: 'clone', label: 'clone: make one of your own voice' },
  { value: 'consent', label: 'consent: hand in your reading' },
  { value: 'revoke', label: 'revoke: take your consent back, at once' },
  { value: 'keep', label: 'keep: use it once, so that it does not die' },
  { value: 'delete', label: 'delete: take it away' },
] as const satisfies readonly Choice[];
type Action = (typeof VOICE_ACTIONS)[number]['value'];

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]{0,31}$/u;
const USUAL_DAYS = 30;

export interface VoiceWish {
  readonly action?: Action | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly text?: string | undefined;
  readonly scope?: VoiceScope | undefined;
  readonly days?: number | undefined;
  readonly model?: string | undefined;
  readonly recordings: readonly AttachmentRef[];
}

/** Throws `UserError` for what is missing, with how to say it. */
export function readVoiceWish(wish: VoiceWish): VoicesPlan {
  const { action, name } = splitAction(wish);
  const { text, recordings } = wish;
  switch (action) {
    case 'list':
      return { kind: 'list-voices' };
    case 'try':
      return { kind: 'try-voice', name: need(name, action), text };
    case 'design':
      return { kind: 'design-voice', ...readDesign(wish, toNewName(need(name, action))), text };
    case 'clone':
      return readClone(wish, toNewName(need(name, action)));
    case 'consent':
      return { kind: 'give-consent', name, recordings };
    case 'revoke':
      return { kind: 'revoke-consent', name: need(name, action) };
    case 'keep':
      return { kind: 'keep-voice', name: need(name, action) };
    case 'delete':
      return { kind: 'delete-voice', name: need(name, action) };
  }
}

/** Without a choice, the first word says what to do. */
function splitAction({ action, name = '' }: VoiceWish): {
  action: Action;
  name: string | undefined;
} {
  const words = name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  if (action) return { action, name: words === '' ? undefined : words };
  if (words === '') return { action: 'list', name: undefined };
  const [first = '', ...rest] = words.split(' ');
  const found = VOICE_ACTIONS.find(({ value }) => value === first.toLowerCase());
  if (found) {
    return { action: found.value, name: rest.length === 0 ? undefined : rest.join(' ') };
  }
  const actions = VOICE_ACTIONS.map(({ value }) => value).join(', ');
  throw new UserError(
    `What shall be done with “${words}”? Say one of ${actions} before it: /voices try ${words}.`,
  );
}

function readClone(
  { model, scope = 'me', days = USUAL_DAYS, recordings }: VoiceWish,
  name: string,
): VoicesPlan {
  if (recordings.length === 0) return { kind: 'clone-voice', name, model, scope, days };
  throw new UserError(
    `A voice is cloned from a sentence that you read out, not from another recording. /voices clone ${name} asks for it.`,
  );
}

function readDesign(
  { description }: VoiceWish,
  name: string,
): { name: string; description: string } {
  if (description !== undefined) return { name, description };
  throw new UserError(
    `What shall it be like? /voices design ${name} --description an old sailor, warm and slow`,
  );
}

function need(name: string | undefined, action: Action): string {
  if (name !== undefined) return name;
  throw new UserError(`Which voice? Say its name: /voices ${action} Anna.`);
}

function toNewName(name: string): string {
  if (NAME.test(name)) return name;
  throw new UserError(
    'A voice’s name has 1 to 32 letters, digits, blanks, - or _, and begins with a letter or digit.',
  );
}
