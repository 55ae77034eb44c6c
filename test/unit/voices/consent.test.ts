import { describe, expect, test } from 'vitest';
import {
  ask,
  consentSchema,
  give,
  hear,
  isLive,
  MOST_TRIES,
  READING_MS,
  reject,
  toCurrent,
  withdraw,
  type Consent,
  type Turn,
} from '../../../src/voices/consent.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { ada, studio } from '../../support/pictures/memory-chat.ts';

const DAY_MS = 24 * 60 * 60_000;

function open() {
  const clock = createManualClock();
  const asked = ask(
    {
      voice: 'v1',
      person: ada,
      sentence: 'I allow it.',
      words: ['green', 'lantern'],
      scope: 'channel',
      place: studio,
      days: 2,
    },
    clock.now(),
  );
  const read = (consent: Consent, job = 'job1') =>
    on(hear(consent, { job, transcript: `heard in ${job}` }, clock.now()));
  const given = () => on(give(read(asked), clock.now()));
  return { clock, asked, read, given };
}

/** As the store would give it back. */
function on(turn: Turn): Consent {
  if (!turn.ok) throw new Error(turn.reason);
  return consentSchema.parse(JSON.parse(JSON.stringify(turn.consent)));
}

describe('a consent', () => {
  test('is given once the sentence is heard, and lives for its days alone', async () => {
    const { clock, asked, read, given } = open();
    expect(asked).toMatchObject({ state: 'asked', askedAt: clock.now(), tries: 0 });
    expect(read(asked)).toMatchObject({ state: 'heard', reading: { job: 'job1' } });
    const consent = given();
    const until = new Date(clock.now().getTime() + 2 * DAY_MS);
    expect(consent).toMatchObject({ state: 'given', givenAt: clock.now(), until, person: ada });
    expect(isLive(consent, clock.now())).toBe(true);
    await clock.advance(2 * DAY_MS - 1);
    expect(isLive(consent, clock.now())).toBe(true);
    await clock.advance(1);
    expect(isLive(consent, clock.now())).toBe(false);
    expect(toCurrent(consent, clock.now())).toMatchObject({
      state: 'expired',
      wasGiven: true,
      until,
    });
  });

  test('is not live before it is given, nor where there is none', () => {
    const { clock, asked, read } = open();
    for (const one of [undefined, asked, read(asked)]) expect(isLive(one, clock.now())).toBe(false);
  });

  test('ends at once when it is revoked, and stays so', () => {
    const { clock, given } = open();
    const moderator = { id: 'mo', name: 'Mo' };
    const revoked = on(withdraw(given(), moderator, clock.now()));
    expect(revoked).toMatchObject({
      state: 'revoked',
      revokedAt: clock.now(),
      revokedBy: moderator,
      givenAt: clock.now(),
    });
    expect(isLive(revoked, clock.now())).toBe(false);
    expect(give(revoked, clock.now()).ok).toBe(false);
    expect(withdraw(revoked, ada, clock.now()).ok).toBe(false);
  });

  test('is asked for again after another reading, and closed after too many', () => {
    const { asked, read } = open();
    let consent: Consent = asked;
    for (let tries = 1; tries < MOST_TRIES; tries += 1) {
      consent = on(reject(read(consent, `job${tries}`)));
      expect(consent).toMatchObject({ state: 'asked', tries, reading: { job: `job${tries}` } });
    }
    consent = on(reject(read(consent, 'last')));
    expect(consent).toMatchObject({ state: 'refused', tries: MOST_TRIES });
  });

  test('may be given by the reading after a wrong one', () => {
    const { clock, asked, read } = open();
    const again = on(reject(read(asked, 'wrong')));
    expect(on(give(read(again, 'right'), clock.now()))).toMatchObject({
      state: 'given',
      reading: { job: 'right' },
      tries: 1,
    });
  });

  test.each(['asked', 'heard'])('that was %s can be refused by its owner', (state) => {
    const { clock, asked, read } = open();
    const consent = state === 'asked' ? asked : read(asked);
    const refused = on(withdraw(consent, ada, clock.now()));
    expect(refused.state).toBe('refused');
    expect(give(refused, clock.now()).ok).toBe(false);
  });
});

describe('a reading', () => {
  test('counts by when it was handed in, however long it takes to write it down', async () => {
    const { clock, asked } = open();
    await clock.advance(READING_MS - 1);
    const handedIn = clock.now();
    await clock.advance(DAY_MS);
    const reading = { job: 'late', transcript: 'x' };
    expect(toCurrent(asked, clock.now()).state).toBe('expired');
    expect(hear(asked, reading, handedIn).ok).toBe(true);
    const late = hear(asked, reading, clock.now());
    expect(late.ok ? '' : late.reason).toContain('time for that is over');
  });

  test('may be heard again after a crash, and replaced by a newer one in time', async () => {
    const { clock, asked, read } = open();
    const heard = read(asked, 'job1');
    await clock.advance(DAY_MS);
    expect(read(heard, 'job1')).toStrictEqual(heard);
    expect(hear(heard, { job: 'job2', transcript: '' }, clock.now()).ok).toBe(false);
    const inTime = new Date(asked.askedAt.getTime() + 1);
    expect(hear(heard, { job: 'job2', transcript: '' }, inTime)).toMatchObject({
      consent: { reading: { job: 'job2' } },
    });
  });

  test('comes too late for what is settled', () => {
    const { clock, asked, read, given } = open();
    const settled = [
      given(),
      on(withdraw(given(), ada, clock.now())),
      on(withdraw(asked, ada, clock.now())),
    ];
    for (const consent of settled) {
      expect(hear(consent, { job: 'job9', transcript: '' }, clock.now()).ok).toBe(false);
      expect(reject(consent).ok).toBe(false);
      expect(give(consent, clock.now()).ok).toBe(false);
    }
    expect(give(asked, clock.now())).toMatchObject({ ok: false });
    expect(reject(asked)).toMatchObject({ ok: false });
    expect(read(asked).state).toBe('heard');
  });
});

test('what is over by itself cannot be revoked any more', async () => {
  const { clock, asked, given } = open();
  const consent = given();
  await clock.advance(2 * DAY_MS);
  expect(withdraw(consent, ada, clock.now())).toMatchObject({ ok: false });
  expect(withdraw(asked, ada, clock.now())).toMatchObject({ ok: false });
});
