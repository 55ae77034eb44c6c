/** Files that are no pictures, through the whole bot: refused in a sentence, never lent to fal. */
import { afterEach, expect, test } from 'vitest';
import { BAD_FILES, BAD_NAMES, FINE_FILES, type TestFile } from '../support/bad-files.ts';
import { waitFor, type TestChat, type Where } from '../support/chats/chat.ts';
import { expectPlainWords, expectUnharmed, remember } from '../support/unharmed.ts';
import { CHATS, HURRIED_PACE, startWorld, type World } from '../support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const files = [...BAD_FILES, ...BAD_NAMES];
const promptOf = (file: TestFile): string => `case ${files.indexOf(file) + 100} of many`;

test.each(['web', 'slack-http', 'discord'] as const)(
  'on %s each is refused in a sentence about it',
  async (name) => {
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE });
    world = started;
    const { chat } = started;
    const before = remember(started);
    // Slack's limits on posting make each of them take a second there.
    const tried = files.filter((_, at) => name !== 'slack-http' || at % 2 === 0);
    for (const [at, file] of tried.entries()) {
      const where: Where | undefined = chat.places[at % chat.places.length];
      await chat.ask(promptOf(file), where === 'thread' ? 'channel' : where, [file]);
    }
    for (const file of tried) {
      const said = await waitFor(`a word on ${file.when}`, () => findRefusal(chat, file), 45_000);
      expectPlainWords(said);
    }
    expect(await chat.deliveries()).toEqual([]);
    await expectUnharmed(started, before);
    // So many at once run into Slack's limits; every answer came through all the same.
    expect(chat.problems().filter((problem) => !problem.endsWith('answers with 429'))).toEqual([]);
  },
);

test.each(['web', 'slack-http', 'discord'] as const)(
  'on %s an odd file that is a picture after all is drawn upon',
  async (name) => {
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE });
    world = started;
    const { chat, sandbox } = started;
    const before = remember(started);
    for (const file of FINE_FILES) await chat.ask(`upon ${file.when}`, 'channel', [file]);
    await waitFor(
      'all pictures',
      async () => (await chat.deliveries()).length === FINE_FILES.length,
    );
    const count = FINE_FILES.length;
    await expectUnharmed(started, before, { submits: count, uploads: count });
    const types = sandbox.journal.uploads.map(({ contentType }) => contentType);
    // A GIF may move, which models do not: its first frame is a PNG.
    expect(types.toSorted()).toEqual(['image/jpeg', 'image/png', 'image/png', 'image/png']);
    for (const { endpoint } of sandbox.journal.submits) expect(endpoint).toMatch(/\/edit$/u);
    expect(chat.problems()).toEqual([]);
  },
);

/** Told at once to the person alone, or in the message of the request. */
function findRefusal(chat: TestChat, file: TestFile): string | undefined {
  const end = chat
    .statusTexts()
    .find((text) => text.includes('No picture') && text.includes(promptOf(file)));
  if (end !== undefined) return end;
  // What no model here can hear or watch is refused at once, before anything is promised.
  const isRecording = /^(?:audio|video)\//u.test(file.contentType);
  const what = file.contentType.startsWith('audio/') ? 'sound' : 'video';
  const says = isRecording ? `takes no ${what}` : promptOf(file);
  return chat.privateTexts().find((text) => text.includes(says));
}
