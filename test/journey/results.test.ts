/** What comes out, on every chat: the files, what is said of them, and the way to make them again. */
import { afterEach, describe, expect, test } from 'vitest';
import { waitFor, type TestChat } from '../support/chats/chat.ts';
import { CHATS, HURRIED_PACE, startWorld, type ChatName, type World } from '../support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function lastWord(chat: TestChat, deliveries: number): Promise<void> {
  await waitFor('a delivery', async () => (await chat.deliveries()).length >= deliveries);
  await waitFor('the last word', () => /Done|For /u.test(chat.newestStatus()));
}

describe.each(Object.keys(CHATS) as ChatName[])('on %s', (name) => {
  test('the button gives the command that makes the same request again, after a restart too', async () => {
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE });
    world = started;
    const { chat, sandbox } = started;
    await chat.ask('two foxes & a <sign> --model qwen-image --ar 3:2 --n 2 --steps 5');
    await lastWord(chat, 1);
    await started.easel.stop();
    await started.restart();
    await chat.press('Details');
    const said = await waitFor('the command', () =>
      chat.privateTexts().find((text) => text.includes('/imagine')),
    );
    const [command = ''] = /\/imagine [^`\n]*?--seed \d+/u.exec(decode(said)) ?? [];
    expect(command).toMatch(
      /^\/imagine two foxes & a <sign> --model qwen-image (?=.*--aspect_ratio 3:2)(?=.*--count 2)(?=.*--steps 5)(?=.*--seed \d+)/u,
    );
    await chat.ask(command.replace('/imagine ', '').trim());
    await lastWord(chat, 2);
    const [first, second] = sandbox.journal.submits;
    expect(second?.input).toEqual(first?.input);
    expect(chat.problems()).toEqual([]);
  });

  test('a drawing comes as a picture that can be seen, and as itself', async () => {
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE });
    world = started;
    const { chat, sandbox } = started;
    sandbox.faults.add({ kind: 'svg-output' });
    await chat.ask('a circle --model qwen-image');
    await lastWord(chat, 1);
    const [delivery] = await chat.deliveries();
    const [picture = '', drawing = ''] = (delivery?.files ?? []).map(({ bytes }) =>
      Buffer.from(bytes).toString('latin1'),
    );
    expect(delivery?.files).toHaveLength(2);
    expect(picture.slice(1, 4)).toBe('PNG');
    expect(drawing).toContain('<circle');
    expect(chat.problems()).toEqual([]);
  });

  test('a picture that was blacked out is withheld, whatever the operator allows', async () => {
    const env = { FLAGGED_PICTURES: 'spoiler' };
    const started = await startWorld(await CHATS[name](), { pace: HURRIED_PACE, env });
    world = started;
    const { chat, sandbox } = started;
    sandbox.faults.add({ kind: 'nsfw' });
    await chat.ask('something else --model qwen-image --n 2');
    await waitFor('the end', () => chat.newestStatus().includes('withheld all 2 pictures'));
    expect(await chat.deliveries()).toEqual([]);
  });
});

/** As it is copied from the screen. */
function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
