/**
 * What the owner of a voice allows, and how far that has come. Every step is a function from one
 * consent to the next one; what cannot follow brings the reason instead.
 *
 *   asked → heard → given → revoked, or expired by itself
 *     ↑       ├→ asked again, for what was heard was something else
 *     │       └→ refused, after too many tries
 *     └→ refused or expired, where the owner does not read it out
 */
import { z } from 'zod';
import { personSchema, placeSchema } from './voice.ts';

/** How long the owner has for reading the sentence out. */
export const READING_MS = 30 * 60_000;
/** Wrong readings of one sentence; then there has to be a new one. */
export const MOST_TRIES = 3;
const DAY_MS = 24 * 60 * 60_000;

const baseSchema = z.object({
  voice: z.string(),
  /** Whose voice it is: nobody else can answer for them. */
  person: personSchema,
  /** To be read out, word for word. */
  sentence: z.string(),
  /** Those of its words that nobody can guess. */
  words: z.array(z.string()),
  /** For whom the voice may speak; never beyond the workspace or server. */
  scope: z.enum(['me', 'channel', 'everyone']),
  place: placeSchema,
  days: z.number(),
  askedAt: z.coerce.date(),
  /** Readings of this sentence that were something else. */
  tries: z.number(),
});

/** Which reading was heard, and what was heard in it. */
const readingSchema = z.object({ job: z.string(), transcript: z.string() });
export type Reading = z.infer<typeof readingSchema>;

const givenShape = {
  reading: readingSchema,
  givenAt: z.coerce.date(),
  until: z.coerce.date(),
};

export const consentSchema = z.discriminatedUnion('state', [
  /** The sentence is there; with the last reading that was something else. */
  baseSchema.extend({ state: z.literal('asked'), reading: readingSchema.optional() }),
  /** A reading was heard and is about to be compared. */
  baseSchema.extend({ state: z.literal('heard'), reading: readingSchema }),
  baseSchema.extend({ state: z.literal('given'), ...givenShape }),
  /** The owner said no, or read something else too often. */
  baseSchema.extend({ state: z.literal('refused'), reading: readingSchema.optional() }),
  /** Nobody read it out in time, or its time is over. */
  baseSchema.extend({
    state: z.literal('expired'),
    wasGiven: z.boolean(),
    until: z.coerce.date(),
  }),
  baseSchema.extend({
    state: z.literal('revoked'),
    ...givenShape,
    revokedAt: z.coerce.date(),
    revokedBy: personSchema,
  }),
]);
export type Consent = z.infer<typeof consentSchema>;
export type ConsentIn<State extends Consent['state']> = Extract<Consent, { state: State }>;

/** What a consent becomes, or why it cannot. */
export type Turn =
  | { readonly ok: true; readonly consent: Consent }
  | { readonly ok: false; readonly reason: string };

export type Question = Omit<ConsentIn<'asked'>, 'state' | 'askedAt' | 'tries' | 'reading'>;

export function ask(question: Question, now: Date): ConsentIn<'asked'> {
  return { ...question, state: 'asked', askedAt: now, tries: 0 };
}

/** As it is at a moment: time alone ends questions and consents. */
export function toCurrent(consent: Consent, now: Date): Consent {
  const until = endOf(consent);
  if (until === undefined || now < until) return consent;
  const { voice, person, sentence, words, scope, place, days, askedAt, tries } = consent;
  const base = { voice, person, sentence, words, scope, place, days, askedAt, tries };
  return { ...base, state: 'expired', wasGiven: consent.state === 'given', until };
}

export function isLive(consent: Consent | undefined, now: Date): boolean {
  return consent !== undefined && toCurrent(consent, now).state === 'given';
}

/**
 * A reading was written down. What counts is when it was handed in: writing it down takes its time.
 * The same reading may be heard again, after a crash.
 */
export function hear(consent: Consent, reading: Reading, handedInAt: Date): Turn {
  if (consent.state === 'heard' && consent.reading.job === reading.job) return on(consent);
  const current = toCurrent(consent, handedInAt);
  if (current.state !== 'asked' && current.state !== 'heard') return no(current);
  return on({ ...current, state: 'heard', reading });
}

/** What was heard is the sentence. */
export function give(consent: Consent, now: Date): Turn {
  if (consent.state !== 'heard') return no(consent);
  const until = new Date(now.getTime() + consent.days * DAY_MS);
  return on({ ...consent, state: 'given', givenAt: now, until });
}

/** What was heard is something else: the owner may try again, but not for ever. */
export function reject(consent: Consent): Turn {
  if (consent.state !== 'heard') return no(consent);
  const tries = consent.tries + 1;
  return on({ ...consent, tries, state: tries < MOST_TRIES ? 'asked' : 'refused' });
}

/** The owner, or a moderator, takes it back or says no to the question. */
export function withdraw(consent: Consent, by: { id: string; name: string }, now: Date): Turn {
  const current = toCurrent(consent, now);
  switch (current.state) {
    case 'asked':
    case 'heard':
      return on({ ...current, state: 'refused' });
    case 'given':
      return on({ ...current, state: 'revoked', revokedAt: now, revokedBy: by });
    case 'refused':
    case 'expired':
    case 'revoked':
      return no(current);
  }
}

function endOf(consent: Consent): Date | undefined {
  if (consent.state === 'given') return consent.until;
  if (consent.state !== 'asked' && consent.state !== 'heard') return undefined;
  return new Date(consent.askedAt.getTime() + READING_MS);
}

function on(consent: Consent): Turn {
  return { ok: true, consent };
}

function no({ state }: Consent): Turn {
  return { ok: false, reason: REASONS[state] };
}

const REASONS: Readonly<Record<Consent['state'], string>> = {
  asked: 'The sentence has not been read out yet.',
  heard: 'The sentence is being listened to just now.',
  given: 'The consent was given already.',
  refused: 'That question is closed. Ask for a new sentence with /voices clone.',
  expired: 'The time for that is over. Ask for a new sentence with /voices clone.',
  revoked: 'The consent was revoked. Ask for a new sentence with /voices clone.',
};
