/** A picture that Easel made, or that somebody gave to work from, as it is remembered. */
import type { Person, Place } from '../place.ts';

export interface Picture {
  /** `<job id>.<number>`, or `<job id>.g<number>` for one that was given. */
  readonly id: string;
  /** The job that made it, or that it was given for. */
  readonly job: string;
  /** Among the pictures of its job, from 1; for a given one, among the request's files. */
  readonly number: number;
  readonly origin: 'made' | 'given';
  /** The original's, relative to the data folder. */
  readonly path: string;
  /** As it was posted. */
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Of the original's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly altText: string;
  readonly person: Person;
  readonly place: Place;
  /** Empty for a given one. */
  readonly model: string;
  /** Empty for a given one, and where the model takes no words. */
  readonly prompt: string;
  /** Marked by a safety check: shown only to who asks to see it. */
  readonly isSpoiler: boolean;
  readonly madeAt: Date;
  /** Its file and its posts are gone; what is known of it stays, for those that came from it. */
  readonly deletedAt: Date | undefined;
  /** What it was made from, in order; for a given one, the picture that it is a copy of. */
  readonly parents: readonly string[];
}

/** What somebody wants to see of earlier pictures. */
export interface PictureFilter {
  readonly whose: 'mine' | 'channel';
  /** Words of the prompt, all of them. */
  readonly words: string;
  /** Part of a model's name. */
  readonly model: string;
  readonly since: Date | undefined;
  readonly until: Date | undefined;
  readonly savedOnly: boolean;
}

export function toPictureId(job: string, number: number): string {
  return `${job}.${number}`;
}

export function toGivenId(job: string, number: number): string {
  return `${job}.g${number}`;
}

/** Whether a button is about a picture that was given for a job, rather than about what the job made. */
export function isGiven(target: string): boolean {
  return /\.g\d+$/u.test(target);
}

/** What a button is about: a job, and which of its pictures where it says so. */
export function parseTarget(target: string): { job: string; number: number | undefined } {
  const [, job = target, number] = /^(.+)\.(\d+)$/u.exec(target) ?? [];
  return { job, number: number === undefined ? undefined : Number(number) };
}
