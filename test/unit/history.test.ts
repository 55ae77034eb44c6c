import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import historyCommand from '../../commands/history.ts';
import imagineCommand from '../../commands/imagine.ts';
import turnCommand from '../../commands/turn.ts';
import { UserError } from '../../src/errors.ts';
import type { Inline, Message, MessageRef } from '../../src/message.ts';
import { carryOutPicturePlan } from '../../src/pictures/carry-out.ts';
import { loadModels } from '../../src/models/load-models.ts';
import type { PicturePlan } from '../../src/pictures/plan.ts';
import type { Asker, DeliverableFile } from '../../src/platforms/platform.ts';
import { newJob } from '../support/new-job.ts';
import { newPicture } from '../support/new-picture.ts';
import { ada, askedBy, openPictureWorld, type PictureWorld } from '../support/picture-world.ts';

const DAY_MS = 24 * 60 * 60_000;
const bob: Asker = { ...ada, person: { id: 'bob', name: 'Bob' } };

let world: PictureWorld;
beforeEach(async () => {
  world = await openPictureWorld();
});
afterEach(() => world.close());

function inChannel(asker: Asker, channel: string): Asker {
  return { ...asker, place: { ...asker.place, channel } };
}

async function carryOut(plan: PicturePlan, asker: Asker) {
  const outcome = await carryOutPicturePlan(plan, askedBy(asker), world.parts);
  if (outcome.kind !== 'say') throw new Error('nothing was said');
  return { ...outcome.message, files: outcome.files ?? [] };
}

/** What somebody is answered who types /history. */
function history(options: Record<string, unknown> = {}, asker: Asker = ada) {
  const plan = historyCommand().plan(options, { commands: [], attachments: [] });
  return carryOut(plan as PicturePlan, asker);
}

function details(job: string, asker: Asker) {
  return carryOut({ kind: 'details', subject: { job } }, asker);
}

/** What somebody is answered who presses a button of an answer. */
function press(message: Message, label: string, asker: Asker = ada) {
  const button = message.buttons.find((one) => one.label === label);
  const plan = turnCommand().plan({ job: button?.job }, { commands: [], attachments: [] });
  return carryOut(plan as PicturePlan, asker);
}

function toText({ blocks }: Message): readonly string[] {
  return blocks.map((block) =>
    block.kind === 'quote' ? block.text : block.parts.map(toWords).join(''),
  );
}

function toWords(part: Inline): string {
  if (typeof part === 'string') return part;
  if (part.kind === 'moment') return part.at.toISOString();
  if (part.kind === 'message-link') return `[${part.label} ${part.to.id}]`;
  return part.kind === 'link' ? part.label : part.text;
}

/** Their files do not matter here. */
async function addMany(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  await world.store.pictures.add(
    numbers.map((number) => newPicture(`job${number}`, { prompt: `fox ${number}` })),
  );
}

function prompts(message: Message): readonly string[] {
  return toText(message)
    .slice(1, -1)
    .map((text) => text.replace(/^\d+ (.*?) · .*$/u, '$1'));
}

function linksOf(message: Message): readonly string[] {
  return toText(message).flatMap((text) => /\[open .*\]/u.exec(text) ?? []);
}

function refOf(channel: string, id: string): MessageRef {
  return { platform: 'web', channel, id, details: {} };
}

function labels(message: Message): readonly string[] {
  return message.buttons.map(({ label }) => label);
}

describe('a page of earlier pictures', () => {
  test('lists them with number, words, model and day, beside one picture of them all', async () => {
    const madeAt = new Date('2026-03-04T23:00:00Z');
    await world.paint('a', { prompt: 'a fox', madeAt });
    await world.paint('b', {
      prompt: ' a\n“lighthouse”\tin fog ',
      model: 'fal-ai/flux/dev',
      madeAt,
    });
    const answer = await history();
    expect(toText(answer)).toEqual([
      'Your pictures',
      '1 a “lighthouse” in fog · fal-ai/flux/dev · 2026-03-04',
      '2 a fox · qwen-image · 2026-03-04',
      '2 pictures, page 1 of 1.',
    ]);
    const [sheet]: readonly DeliverableFile[] = answer.files;
    expect(sheet).toMatchObject({
      contentType: 'image/jpeg',
      altText: '2 pictures. 1: A fox 2: A fox',
    });
  });

  test('has a button for each, which tells everything about it', async () => {
    await addMany(2);
    const { buttons } = await history();
    expect(buttons).toEqual([
      { label: '1', style: 'secondary', command: 'details', job: 'job2.1' },
      { label: '2', style: 'secondary', command: 'details', job: 'job1.1' },
    ]);
  });

  test('holds nine, and leads to the older and the newer ones', async () => {
    await addMany(20);
    const first = await history();
    expect(prompts(first)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12].map((at) => `fox ${at}`));
    expect(labels(first).slice(9)).toEqual(['Older ▶']);
    const second = await press(first, 'Older ▶');
    expect(prompts(second)[0]).toBe('fox 11');
    expect(toText(second).at(-1)).toBe('20 pictures, page 2 of 3.');
    expect(labels(second).slice(9)).toEqual(['◀ Newer', 'Older ▶']);
    const third = await press(second, 'Older ▶');
    expect(prompts(third)).toEqual(['fox 2', 'fox 1']);
    expect(labels(third)).toEqual(['1', '2', '◀ Newer']);
    expect(toText(await press(second, '◀ Newer'))).toEqual(toText(first));
  });

  test('is the last one where there is none so late any more', async () => {
    await addMany(10);
    const late = await history({ page: 7 });
    expect(prompts(late)).toEqual(['fox 1']);
    const older = await history({ page: 1 });
    await world.store.pictures.change('job1.1', { deletedAt: new Date() });
    expect(toText(await press(older, 'Older ▶')).at(-1)).toBe('9 pictures, page 1 of 1.');
  });

  test('fits into one message of Discord’s, whatever was asked for', async () => {
    const message = { platform: 'web', channel: 'c', id: '1'.repeat(20), details: {} };
    for (let at = 0; at < 9; at += 1) {
      await world.paint(`job${at}`, {
        prompt: 'word '.repeat(400),
        model: `fal-ai/${'x'.repeat(90)}`,
      });
      await world.store.pictures.addPosts([
        { picture: `job${at}.1`, message, fileName: `${at}.png` },
      ]);
    }
    const text = toText(await history()).join('\n');
    const links =
      9 * 'https://discord.com/channels/1234567890123456789/1234567890123456789/'.length;
    expect(text.length + links).toBeLessThan(2000);
  });

  test('comes without its picture where that cannot be drawn', async () => {
    await addMany(1);
    const contactSheets = {
      ...world.contactSheets,
      draw: () => Promise.reject(new Error('no room on the disk')),
    };
    const plan = historyCommand().plan({}, { commands: [], attachments: [] }) as PicturePlan;
    const parts = { ...world.parts, contactSheets };
    const outcome = await carryOutPicturePlan(plan, askedBy(ada), parts);
    expect(outcome).toMatchObject({ kind: 'say', files: [] });
  });
});

describe('what is looked for', () => {
  test('may be words, a model, days and what was saved', async () => {
    const madeAt = new Date('2026-03-04T12:00:00Z');
    await world.paint('a', { prompt: 'a red fox', madeAt });
    await world.paint('b', { prompt: 'a red barn', model: 'flux', madeAt });
    await world.paint('c', { prompt: 'a blue fox', madeAt: new Date('2026-03-05T00:00:00Z') });
    await world.store.pictures.save('b.1', 'ada', madeAt);
    expect(prompts(await history({ search: 'FOX red' }))).toEqual(['a red fox']);
    expect(prompts(await history({ model: 'FLUX' }))).toEqual(['a red barn']);
    expect(prompts(await history({ since: '2026-03-05' }))).toEqual(['a blue fox']);
    expect(prompts(await history({ until: '2026-03-04' }))).toEqual(['a red barn', 'a red fox']);
    expect(prompts(await history({ since: '2026-03-05', until: '2026-03-05' }))).toEqual([
      'a blue fox',
    ]);
    expect(prompts(await history({ saved: true }))).toEqual(['a red barn']);
  });

  test.each([
    [{ since: 'yesterday' }, '“yesterday” is no day. Write it like 2026-11-30.'],
    [{ until: '2026-02-30' }, '“2026-02-30” is no day. Write it like 2026-11-30.'],
    [{ since: '30.11.2026' }, '“30.11.2026” is no day. Write it like 2026-11-30.'],
    [
      { since: '2026-03-05', until: '2026-03-04' },
      'No day is both from 2026-03-05 on and up to 2026-03-04: swap the two.',
    ],
  ])('in %j is refused with a sentence', (options, sentence) => {
    const plan = () => historyCommand().plan(options, { commands: [], attachments: [] });
    expect(plan).toThrow(new UserError(sentence));
  });

  test('is looked for on the other pages, too', async () => {
    await addMany(12);
    await world.paint('barn', { prompt: 'a barn' });
    const options = { search: 'fox', model: 'qwen', since: '2025-01-01', until: '2027-01-01' };
    const second = await press(await history(options), 'Older ▶');
    expect(prompts(second)).toEqual(['fox 3', 'fox 2', 'fox 1']);
  });

  test('and is not found leads to a word on why', async () => {
    expect(toText(await history())).toEqual(['You have no pictures yet.']);
    expect(toText(await history({ saved: true }))).toEqual(['You have not saved any picture yet.']);
    expect(toText(await history({ whose: 'channel' }))).toEqual([
      'There are no pictures in this channel yet.',
    ]);
    const narrow = await history({ search: 'unicorn' });
    expect(toText(narrow)[0]).toBe('There are no such pictures.');
    expect([narrow.buttons, narrow.files]).toEqual([[], []]);
  });
});

describe('whose pictures are shown', () => {
  beforeEach(async () => {
    const { place } = ada;
    await world.paint('a', { prompt: 'mine here' });
    await world.paint('b', { prompt: 'mine there', place: { ...place, channel: 'd' } });
    await world.paint('c', { prompt: 'theirs here', person: bob.person });
    await world.paint('d', {
      prompt: 'theirs there',
      person: bob.person,
      place: { ...place, channel: 'd' },
    });
    await world.paint('e', { prompt: 'mine abroad', place: { ...place, tenant: 'other' } });
    await world.paint('f', { prompt: 'mine on Slack', place: { ...place, platform: 'slack' } });
  });

  test('one’s own, from all channels of this tenant', async () => {
    expect(prompts(await history())).toEqual(['mine there', 'mine here']);
  });

  test('this channel’s, with names, and none of another one', async () => {
    const answer = await history({ whose: 'channel' });
    expect(toText(answer).slice(0, 3)).toEqual([
      'Pictures of this channel',
      '1 theirs here · qwen-image · Bob · 2026-01-01',
      '2 mine here · qwen-image · Ada “the first” <@1> · 2026-01-01',
    ]);
    expect(prompts(await history({ whose: 'channel' }, inChannel(ada, 'empty')))).toEqual([]);
  });

  test('what one saved, wherever it is from, but never from another tenant', async () => {
    for (const id of ['c.1', 'd.1', 'e.1']) {
      await world.store.pictures.save(id, 'ada', new Date());
    }
    expect(prompts(await history({ saved: true }))).toEqual(['theirs there', 'theirs here']);
    expect(toText(await history({ saved: true }, bob))).toEqual([
      'You have not saved any picture yet.',
    ]);
  });

  test('links lead to messages here, or to one’s own elsewhere, never to others’ elsewhere', async () => {
    await world.store.pictures.addPosts([
      { picture: 'a.1', message: refOf('d', 'there'), fileName: 'a.png' },
      { picture: 'a.1', message: refOf('c', 'here'), fileName: 'a.png' },
      { picture: 'b.1', message: refOf('d', 'own'), fileName: 'a.png' },
      { picture: 'c.1', message: refOf('d', 'reposted'), fileName: 'a.png' },
      { picture: 'd.1', message: refOf('d', 'theirs'), fileName: 'a.png' },
    ]);
    await world.store.pictures.save('d.1', 'ada', new Date());
    expect(linksOf(await history())).toEqual(['[open own]', '[open here]']);
    expect(linksOf(await history({ whose: 'channel' }))).toEqual(['[open here]']);
    expect(linksOf(await history({ saved: true }))).toEqual([]);
  });

  test('details of what one saved elsewhere can be read, of the rest not', async () => {
    for (const id of ['c', 'd']) {
      const place = { ...ada.place, channel: id };
      await world.store.jobs.accept(newJob(id, { place, person: bob.person }));
      const result = { files: [], withheld: 0, seconds: 1 };
      const delivered = { state: 'delivered', requestId: 'r', result, messages: [] } as const;
      await world.store.jobs.advance(id, 'accepted', delivered as never);
    }
    await world.store.pictures.save('d.1', 'ada', new Date());
    const elsewhere = inChannel(ada, 'z');
    await expect(details('c.1', elsewhere)).rejects.toThrow('There is no such result here.');
    await expect(
      details('d.1', inChannel({ ...ada, person: { id: 'eve', name: 'Eve' } }, 'z')),
    ).rejects.toThrow('There is no such result here.');
    const abroad = { ...elsewhere, place: { ...elsewhere.place, tenant: 'other' } };
    await expect(details('d.1', abroad)).rejects.toThrow('There is no such result here.');
    const plan: PicturePlan = { kind: 'details', subject: { job: 'd.1' } };
    const models = await loadModels();
    const parts = { ...world.parts, models, commands: [imagineCommand({ models })] };
    const outcome = await carryOutPicturePlan(plan, askedBy(elsewhere), parts);
    expect(JSON.stringify(outcome)).toContain('Asked by');
  });
});

describe('turning pages', () => {
  test.each([
    ['somebody else', bob],
    ['the same person in another channel', inChannel(ada, 'd')],
    ['the same person in another tenant', { ...ada, place: { ...ada.place, tenant: 'other' } }],
  ])('is refused to %s', async (_who, asker) => {
    await addMany(10);
    const first = await history();
    await expect(press(first, 'Older ▶', asker)).rejects.toThrow(UserError);
    expect(prompts(await press(first, 'Older ▶'))).toEqual(['fox 1']);
  });

  test.each(['', 'x', 'abc', '../../x.1', `${'a'.repeat(32)}.1`, `${'a'.repeat(32)}.999999999999`])(
    'is refused for %j, which no button holds',
    async (target) => {
      await expect(carryOut({ kind: 'turn', target }, ada)).rejects.toThrow(UserError);
    },
  );

  test('works a year later', async () => {
    await addMany(10);
    const first = await history();
    await world.clock.advance(365 * DAY_MS);
    await history({ search: 'fox' });
    expect(prompts(await press(first, 'Older ▶'))).toEqual(['fox 1']);
  });

  test('keeps no pile of old searches, nor one of the same', async () => {
    await addMany(10);
    const kept = async () => (await world.store.records('pictures').list('searches', 99)).length;
    await history();
    await history();
    await history({ page: 2 });
    expect(await kept()).toBe(1);
    await world.clock.advance(401 * DAY_MS);
    await history({ search: 'fox' });
    expect(await kept()).toBe(1);
  });
});
