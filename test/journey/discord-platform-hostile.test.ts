import { expect, test } from 'vitest';
import type { Message } from '../../src/message.ts';
import { createTestClock, deliveryOf, startRig } from './discord-platform-rig.ts';

const HOSTILE = [
  '@everyone look',
  '@here look',
  '<@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#123456789012345678>',
  '[free nitro](https://evil.example/login)',
  'https://evil.example <https://evil.example>',
  '```\n@everyone\n```',
  '`@everyone`',
  '||@everyone||',
  '**@everyone** __@here__',
  '> @everyone\n# @here',
  '<:x:123456789012345678> <t:0:R> </help:123456789012345678> <id:customize>',
  '\\@everyone \\\\@everyone',
  '\u202E@everyone',
  `${'x'.repeat(1990)}@everyone`,
  '🦊'.repeat(3000),
];

/** The words in every place where a message can have some. */
function messageOf(text: string): Message {
  return {
    blocks: [
      { kind: 'line', parts: [text, { kind: 'strong', text }, { kind: 'code', text }] },
      { kind: 'quote', text },
      { kind: 'note', parts: [text] },
    ],
    buttons: [],
  };
}

test.each(HOSTILE)('nothing pings, whatever is said: %j', async (text) => {
  const clock = createTestClock();
  // The longest words take many messages, which Discord's own pace would keep apart.
  const rig = await startRig({ clock, now: () => clock.now().getTime(), limitWindowMs: 100 });
  const { server } = rig;
  const { channelId } = server;
  const hostile = messageOf(text);
  let isDone = false;
  rig.act(async (invocation) => {
    const status = await invocation.acknowledge(hostile);
    await status.update(hostile);
    clock.advance(14.5 * 60_000);
    await status.update(hostile);
    await status.deliver({
      ...deliveryOf([await rig.makeFile('fox.png', text.slice(0, 1000))]),
      caption: hostile,
    });
    await rig.platform.post(invocation.place, hostile, 'job-1');
    isDone = true;
  });
  await server.runCommand({ name: 'imagine', options: { prompt: 'a fox' } });
  await server.waitFor(() => isDone, 15_000);

  const versions = server.messages(channelId).flatMap((message) => message.versions);
  expect(versions.length).toBeGreaterThanOrEqual(5);
  for (const { pings, content } of versions) {
    expect(pings).toEqual({ everyone: false, users: [], roles: [] });
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content).not.toMatch(/@(?:everyone|here|[!&]?\d)/u);
    const outsideCode = content.replaceAll(/(?<!\\)`[^`]*`/gu, '');
    expect(outsideCode).not.toMatch(/(?<!\\)<[@#:/a-z]|(?<!\\)\]\(|https?:\/\/|(?<!\\)`/u);
  }
  const bodies = server.journal.filter(
    ({ method, path }) => /POST|PATCH/u.test(method) && /messages/u.test(path),
  );
  for (const { body } of bodies) expect(body).toHaveProperty('allowed_mentions.parse', []);
  expect(server.violations).toEqual([]);
});
