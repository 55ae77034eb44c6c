/** `/voices`, typed and as options. */
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/command-line.ts';
import { UserError } from '../../../src/errors.ts';
import { loadCommands } from '../../../src/load-folder.ts';
import { loadModels } from '../../../src/models/load-models.ts';
import type { AttachmentRef } from '../../../src/request.ts';

const commands = await loadCommands({ models: await loadModels() });
const recording: AttachmentRef = {
  platform: 'web',
  id: 'r',
  fileName: 'r.ogg',
  claimedType: 'audio/ogg',
  bytes: 1,
  url: '',
};

function plan(
  options: Readonly<Record<string, unknown>>,
  attachments: readonly AttachmentRef[] = [],
) {
  const command = commands.find(({ name }) => name === 'voices');
  if (!command) throw new Error('there is no such command');
  return command.plan(options, { commands, attachments });
}

function typed(text: string, attachments: readonly AttachmentRef[] = []) {
  const { commandName, options } = parseCommandLine(text, commands);
  expect(commandName).toBe('voices');
  return plan(options, attachments);
}

const CLONE = { kind: 'clone-voice', name: 'Anna', scope: 'me', days: 30, model: undefined };
const DESIGN = { kind: 'design-voice', name: 'Old Tom', description: 'an old sailor, warm' };

describe('/voices as it is typed', () => {
  test.each([
    ['/voices', { kind: 'list-voices' }],
    ['voices list', { kind: 'list-voices' }],
    ['/voices clone Anna', CLONE],
    ['/voices Clone  Anna', CLONE],
    ['/voices clone Anna --for channel', { ...CLONE, scope: 'channel' }],
    ['/voices clone --for everyone --days 7 Anna', { ...CLONE, scope: 'everyone', days: 7 }],
    ['/voices --action clone --name Anna', CLONE],
    ['/voices clone Anna --model dia-voice-clone', { ...CLONE, model: 'dia-voice-clone' }],
    ['/voices clone Anna Bell-2_b', { ...CLONE, name: 'Anna Bell-2_b' }],
    ['/voices clone Żółć', { ...CLONE, name: 'Żółć' }],
    ['/voices design Old Tom --description an old sailor, warm', { ...DESIGN, text: undefined }],
    [
      '/voices design Old Tom --description an old sailor, warm --text Ahoy, you!',
      { ...DESIGN, text: 'Ahoy, you!' },
    ],
    ['/voices try Anna', { kind: 'try-voice', name: 'Anna', text: undefined }],
    ['/voices try Anna --text Hi there', { kind: 'try-voice', name: 'Anna', text: 'Hi there' }],
    ['/voices try Wise_Woman', { kind: 'try-voice', name: 'Wise_Woman', text: undefined }],
    ['/voices revoke Anna', { kind: 'revoke-consent', name: 'Anna' }],
    ['/voices keep Anna', { kind: 'keep-voice', name: 'Anna' }],
    ['/voices delete delete', { kind: 'delete-voice', name: 'delete' }],
  ])('%s', (text, expected) => {
    expect(typed(text)).toStrictEqual(expected);
  });

  test('a consent takes the recording, with a name or without', () => {
    const recordings = [recording];
    const kind = 'give-consent';
    expect(typed('/voices consent', recordings)).toEqual({ kind, name: undefined, recordings });
    expect(typed('/voices consent Anna', recordings)).toEqual({ kind, name: 'Anna', recordings });
  });

  test.each([
    ['/voices Anna', 'What shall be done with “Anna”?'],
    ['/voices clone', 'Which voice?'],
    ['/voices revoke', 'Which voice?'],
    ['/voices design Tom', 'What shall it be like?'],
    [`/voices clone ${'x'.repeat(33)}`, '1 to 32 letters'],
    ['/voices clone @everyone', '1 to 32 letters'],
    ['/voices clone <#1>', '1 to 32 letters'],
    ['/voices clone Anna --days 0', 'days'],
    ['/voices clone Anna --days 366', 'days'],
    ['/voices clone Anna --for nobody', 'for'],
    ['/voices clone Anna --model kokoro', 'model'],
  ])('%s is refused with a way on', (text, sentence) => {
    expect(() => typed(text)).toThrow(UserError);
    expect(() => typed(text)).toThrow(sentence);
  });

  test('a recording is not what is cloned', () => {
    expect(() => typed('/voices clone Anna', [recording])).toThrow(/a sentence that you read out/u);
  });
});

test('as options, a name may be any word', () => {
  expect(plan({ action: 'clone', name: 'try me', for: 'channel', days: 1 })).toStrictEqual({
    ...CLONE,
    name: 'try me',
    scope: 'channel',
    days: 1,
  });
  expect(plan({})).toStrictEqual({ kind: 'list-voices' });
  expect(() => plan({ action: 'keep' })).toThrow('Which voice?');
});
