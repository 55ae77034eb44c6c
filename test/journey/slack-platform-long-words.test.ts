/** A transcript of hours: said whole, in order and once, at Slack's pace and whatever breaks. */
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { message, note, type Message } from '../../src/message.ts';
import type { Delivery, StatusMessage } from '../../src/platforms/platform.ts';
import { slackMessage } from '../../src/platforms/slack/message-pictures.ts';
import { textOf } from '../../src/platforms/slack/message-text.ts';
import type { FaultRule, SlackMessage } from '../support/slack/slack-types.ts';
import { connectTo, deliveryOf, hastyClock, startRig, type Rig } from './slack-platform-rig.ts';

const SENTENCES = [
  'Anna: Fish & chips for <everybody>, *please*; not `code`.',
  '_Bob_: 2 * 3 = 6, isn’t it? Zażółć gęślą jaźń 👍🏻 — “yes”.',
  'Anna: See https://example.com/a_b?c=1&d=2, @channel!\n',
];
const LENGTH = 60_000;

/** No two stretches of it are the same, so that nothing can be swapped or said twice unseen. */
function talk(length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at += 1) {
    text += `${at}. ${SENTENCES[at % SENTENCES.length]}${at % 7 === 0 ? '\n\n' : ' '}`;
  }
  return text.slice(0, length).trim();
}

function transcriptOf(text: string): Message {
  return message({ kind: 'quote', text }, note('whisper · 41 s'));
}

/** Time passes as fast as Easel waits, for Slack as well. */
function createLeapingClock(): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let ahead = 0;
  return {
    waits,
    now: () => new Date(Date.now() + ahead),
    async sleep(ms, signal) {
      if (signal) return hastyClock.sleep(ms, signal);
      waits.push(ms);
      ahead += ms;
    },
  };
}

async function startTalking(): Promise<{ rig: Rig; clock: ReturnType<typeof createLeapingClock> }> {
  const clock = createLeapingClock();
  return { clock, rig: await startRig({ clock, now: () => clock.now().getTime() }) };
}

function openCard({ server, platform }: Rig, key: string): Promise<StatusMessage> {
  const place = { platform: 'slack', tenant: `:${server.teamId}`, channel: server.channelId };
  return platform.post(place, transcriptOf('Listening'), key);
}

function below({ server }: Rig, status: StatusMessage): readonly SlackMessage[] {
  return server.messages(server.channelId).filter(({ threadTs }) => threadTs === status.ref.id);
}

/** What people read, page by page. */
function read(pages: readonly SlackMessage[]): string {
  const texts = pages.map((page) => textOf(slackMessage.parse(page), page.channelId, 'U1'));
  return normalise(texts.join(' '));
}

function normalise(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

/** Ends the process after this many notes; the last one is not written any more. */
function crashing(delivery: Delivery, after: number): Delivery {
  const { checkpoint } = delivery;
  let saves = 0;
  return {
    ...delivery,
    checkpoint: {
      saved: checkpoint.saved,
      async save(value) {
        saves += 1;
        if (saves > after) throw new Error('the process ends here');
        await checkpoint.save(value);
      },
    },
  };
}

test('60,000 characters are said whole and in order, no faster than Slack takes them', async () => {
  const { rig, clock } = await startTalking();
  const text = talk(LENGTH);
  for (const round of [1, 2, 3]) {
    const status = await openCard(rig, `card-${round}`);
    const delivery = { ...deliveryOf([], {}, transcriptOf(text)), key: `job-${round}` };
    const refs = await status.deliver(delivery);
    const pages = below(rig, status);
    expect(read(pages)).toBe(normalise(text));
    expect(refs.map(({ ref }) => ref.id)).toEqual(pages.map(({ ts }) => ts));
    expect(JSON.stringify(pages.at(-1)?.blocks)).toContain('whisper · 41 s');
    expect(pages.length).toBeLessThan(10);
  }
  expect(clock.waits.length).toBeGreaterThan(0);
  // That Slack never had to slow Easel down is looked at when the rig closes.
});

test('30,000 characters that were spoken begin beside the sound and go on below it', async () => {
  const rig = await startRig({ clock: hastyClock });
  const status = await openCard(rig, 'card');
  const said = Array.from({ length: 900 }, (_, at) => `Sentence ${at} is read & heard here.`);
  const text = said.join(' ');
  expect(text.length).toBeGreaterThan(30_000);
  const sound = await rig.makeFile('speech.mp3');
  await writeFile(
    sound.path,
    Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(2000)]),
  );
  const file = { ...sound, contentType: 'audio/mpeg' };
  const refs = await status.deliver(deliveryOf([file], {}, transcriptOf(text)));
  const [first, ...others] = below(rig, status);
  expect(first?.files).toMatchObject([{ name: 'speech.mp3', mimetype: 'audio/mpeg', altText: '' }]);
  expect(others.flatMap(({ files }) => files)).toEqual([]);
  expect(refs.map(({ fileNames }) => fileNames)).toEqual([['speech.mp3'], ...others.map(() => [])]);
  expect(read(below(rig, status))).toBe(text);
});

const faults: Readonly<Record<string, Omit<FaultRule, 'method'>>> = {
  'an answer is lost': { dropConnection: 'after' },
  'a call is lost': { dropConnection: 'before' },
  'Slack is out of breath': { error: 'ratelimited', retryAfter: 30 },
  'Slack stumbles': { status: 500 },
};

test.each(Object.entries(faults))(
  'however often %s on the way, each page is there once',
  async (_, fault) => {
    const { rig, clock } = await startTalking();
    const status = await openCard(rig, 'card');
    const text = talk(LENGTH);
    for (let time = 0; time < 3; time += 1) {
      rig.server.fail({ method: 'chat.postMessage', ...fault });
      rig.server.fail({ method: 'chat.postMessage', delayMs: 1 });
    }
    await status.deliver(deliveryOf([], {}, transcriptOf(text)));
    expect(read(below(rig, status))).toBe(normalise(text));
    const isAskedToWait = fault.retryAfter !== undefined;
    expect(clock.waits.filter((ms) => ms === 30_000)).toHaveLength(isAskedToWait ? 3 : 0);
  },
);

test('wherever the process ends, the next one says the rest, and nothing again', async () => {
  const { rig, clock } = await startTalking();
  const text = talk(LENGTH);
  let ended = 0;
  for (let after = 0; ; after += 1) {
    const status = await openCard(rig, `card-${after}`);
    const memory: { saved?: string } = {};
    const delivery = () => ({
      ...deliveryOf([], memory, transcriptOf(text)),
      key: `job-${after}`,
    });
    const isEnded = await status.deliver(crashing(delivery(), after)).then(
      () => false,
      () => true,
    );
    await clock.sleep(60_000);
    const next = await connectTo(rig.server, { clock });
    const refs = await next.reopen(status.ref).deliver(delivery());
    const pages = below(rig, status);
    expect(read(pages)).toBe(normalise(text));
    expect(refs.map(({ ref }) => ref.id)).toEqual(pages.map(({ ts }) => ts));
    await clock.sleep(60_000);
    if (!isEnded) break;
    ended += 1;
  }
  expect(ended).toBeGreaterThan(10);
});
