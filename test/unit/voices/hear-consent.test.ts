/** What becomes of a reading, also where a crash or a change of mind comes in between. */
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobIn } from '../../../src/jobs/job.ts';
import type { JobParts } from '../../../src/jobs/job-parts.ts';
import { ask, withdraw } from '../../../src/voices/consent.ts';
import { findSample } from '../../../src/voices/find-sample.ts';
import { hearConsent, nextOfConsent } from '../../../src/voices/hear-consent.ts';
import { makeSentence } from '../../../src/voices/sentence.ts';
import type { Maker } from '../../../src/voices/voice.ts';
import { openVoices } from '../../../src/voices/voice-store.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createMemoryRecords } from '../../support/memory-records.ts';
import { newJob } from '../../support/new-job.ts';
import { ada, bob, studio } from '../../support/pictures/memory-chat.ts';

const { text: sentence, words } = makeSentence({ name: 'Anna', scope: 'me', days: 30 });
const FILE = { platform: 'web', id: 'r', fileName: 'note.ogg', claimedType: 'audio/ogg' };

let dataFolder: string;
let parts: Pick<JobParts, 'store' | 'clock' | 'dataFolder'> & {
  clock: ReturnType<typeof createManualClock>;
};
let voices: ReturnType<typeof openVoices>;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'easel-consent-'));
  const records = createMemoryRecords();
  const store = { records: () => records } as unknown as JobParts['store'];
  parts = { store, clock: createManualClock(), dataFolder };
  voices = openVoices(store);
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

async function begin(maker: Maker = 'minimax') {
  const begunAt = parts.clock.now();
  const voice = { id: 'anna', name: 'Anna', kind: 'cloned', maker, begunAt } as const;
  await voices.add({ ...voice, owner: ada, place: studio });
  const about = { voice: 'anna', person: ada, place: studio, sentence, words: [...words] };
  await voices.addConsent(ask({ ...about, scope: 'me', days: 30 }, begunAt));
}

/** A recording that was written down, as its job holds it. */
async function read(id: string, text: string, person = ada): Promise<JobIn<'fetched'>> {
  await mkdir(join(dataFolder, 'files', id), { recursive: true });
  await writeFile(join(dataFolder, 'files', id, 'given-1'), `sound of ${id}`);
  const request = {
    model: 'whisper',
    prompt: '',
    files: [{ ...FILE, bytes: 1, url: '' }],
    options: {},
    voice: { id: 'anna', role: 'consents' as const },
  };
  return {
    ...newJob(id, { person, place: studio, request, acceptedAt: parts.clock.now() }),
    deliveryCheckpoint: undefined,
    cancelRequestedAt: undefined,
    closedAt: undefined,
    state: 'fetched',
    requestId: 'r',
    result: { files: [], withheld: 0, seconds: 1, text },
  };
}

const hear = async (job: JobIn<'fetched'>) => (await hearConsent(job, parts)).text;
const stateOf = async () => (await voices.readConsent('anna'))?.state;

test('a reading gives the consent, and its recording is kept once only', async () => {
  await begin();
  const job = await read('job1', `  ${sentence}  `);
  const said = await hear(job);
  expect(said).toContain('Consent given by Ada Lovelace');
  expect(await hear(job)).toBe(said);
  expect(await stateOf()).toBe('given');
  const path = await findSample('anna', parts);
  expect(await readFile(join(dataFolder, path), 'utf8')).toBe('sound of job1');
  await expect(access(join(dataFolder, 'files/job1/given-1'))).rejects.toThrow('ENOENT');
  expect((await voices.read('anna'))?.sample).toMatchObject({
    fileName: 'note.ogg',
    text: sentence,
  });
});

test('after a crash in the middle it goes on where it was', async () => {
  await begin();
  const job = await read('job1', sentence);
  await voices.turn('anna', (consent) => ({
    ok: true,
    consent: { ...consent, state: 'heard', reading: { job: 'job1', transcript: sentence } },
  }));
  await parts.clock.advance(2 * 60 * 60_000);
  expect(await hear(job)).toContain('Consent given');
});

test('a wrong reading counts once, however often it is told, and is thrown away', async () => {
  await begin();
  const job = await read('job1', 'something else');
  const said = await hear(job);
  expect(said).toContain('2 tries are left');
  expect(await hear(job)).toBe(said);
  expect(await voices.readConsent('anna')).toMatchObject({ state: 'asked', tries: 1 });
  await expect(access(join(dataFolder, 'files/job1/given-1'))).rejects.toThrow('ENOENT');
});

test('whoever says no while it is being heard is never imitated', async () => {
  await begin();
  const job = await read('job1', sentence);
  const no = voices.turn('anna', (consent) => withdraw(consent, ada, parts.clock.now()));
  await Promise.all([hear(job), no]);
  expect(await stateOf()).toBe('refused');
  expect(await hear(job)).not.toContain('given');
  await expect(findSample('anna', parts)).rejects.toThrow('its consent has ended');
  await expect(access(join(dataFolder, 'voices/anna/recording'))).rejects.toThrow('ENOENT');
});

test('whoever says no between the hearing and the giving is not, either', async () => {
  await begin();
  const job = await read('job1', sentence);
  const hearing = hear(job);
  while ((await stateOf()) !== 'heard') await Promise.resolve();
  const turn = await voices.turn('anna', (consent) => withdraw(consent, ada, parts.clock.now()));
  expect(turn).toMatchObject({ ok: true, consent: { state: 'refused' } });
  expect(await hearing).not.toContain('given');
  expect(await stateOf()).toBe('refused');
  await expect(access(join(dataFolder, 'voices/anna/recording'))).rejects.toThrow('ENOENT');
});

test('nobody else’s reading counts, and none for a voice that was deleted', async () => {
  await begin();
  expect(await hear(await read('job1', sentence, bob))).toBe('That voice is no longer asked for.');
  await voices.change('anna', (voice) => ({ ...voice, deletedAt: parts.clock.now() }));
  expect(await hear(await read('job2', sentence))).toBe('That voice is no longer asked for.');
  expect(await stateOf()).toBe('asked');
});

test('MiniMax is asked next, once, and nobody else is', async () => {
  await begin();
  const job = await read('job1', sentence);
  const delivered = { ...job, state: 'delivered', messages: [] } as const;
  const next = () => nextOfConsent({ ...delivered, messages: [] }, parts);
  expect(await next()).toBeUndefined();
  await hear(job);
  expect(await next()).toMatchObject({
    invocationId: `${job.invocationId}>`,
    request: {
      model: 'minimax-voice-clone',
      files: [{ platform: 'easel:voice', id: 'anna', option: 'audio_url' }],
      voice: { id: 'anna', role: 'makes' },
    },
  });
  expect(await next()).toStrictEqual(await next());
  await voices.turn('anna', (consent) => withdraw(consent, ada, parts.clock.now()));
  expect(await next()).toBeUndefined();
  await begin('dia');
  await hear(await read('job2', sentence));
  expect((await voices.read('anna'))?.madeAt).toStrictEqual(parts.clock.now());
  expect(await nextOfConsent({ ...delivered, id: 'job2', messages: [] }, parts)).toBeUndefined();
});
