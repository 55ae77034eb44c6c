/** The stored record of one plan being carried out. Written before anything is promised. */
import { z } from 'zod';
import { messageRefSchema, ownAddressSchema, type MessageRef } from '../message.ts';
import type { Person, Place } from '../place.ts';
import type { GenerationRequest } from '../request.ts';

/** Why a job ended without a result, worded for a person. */
const failureSchema = z.object({
  /** Who can do something about it; `operator` also goes to the log as an error. */
  audience: z.enum(['person', 'operator', 'service']),
  /** One clear sentence, and what to do next. */
  text: z.string(),
  /** True where sending the same request again makes sense. */
  retryable: z.boolean(),
  /** fal's own name for what is wrong with the request, where it gave one. */
  type: z.string().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** A downloaded file of a result; `path` is relative to the data folder. */
const storedFileSchema = z.object({
  path: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  width: z.number().optional(),
  height: z.number().optional(),
  /** Marked by the model's safety check, and shown only to who asks to see it. */
  isSpoiler: z.boolean().optional(),
  /** A picture of the file that follows, for chats that cannot show that one. */
  isPreview: z.boolean().optional(),
  /** What people who do not see it are told, where somebody said so. */
  altText: z.string().optional(),
  /** Present where it is a spoken message: Ogg/Opus, with what chats show of it. */
  voice: z.object({ seconds: z.number(), waveform: z.string() }).optional(),
  /** Where fal keeps it, for a while. */
  url: z.string().optional(),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

const inputSchema = z.record(z.string(), z.unknown());

/** What happened on the way, and where what is missing can be had. */
const resultNoteSchema = z.object({
  text: z.string(),
  /** Somebody else's: it is shown and never linked. */
  address: z.string().optional(),
  links: z.array(z.object({ label: z.string(), address: ownAddressSchema })).optional(),
});
export type ResultNote = z.infer<typeof resultNoteSchema>;

/** What the model said about its result, once its files are on disk. */
const resultSchema = z.object({
  files: z.array(storedFileSchema),
  /** Words where they are the result; empty where the model had nothing to say. */
  text: z.string().optional(),
  /** Where what was heard is kept with its times and speakers, relative to the data folder. */
  transcript: z.string().optional(),
  /** How many files the model made, withheld and lost ones included. */
  made: z.number().optional(),
  /** Pictures that the model's safety checker withheld. */
  withheld: z.number(),
  notes: z.array(resultNoteSchema).optional(),
  seed: z.string().optional(),
  description: z.string().optional(),
  /** What the model says it computed. */
  inferenceSeconds: z.number().optional(),
  /** From the submission to the result. */
  seconds: z.number(),
  /** As it was at the moment of fetching; absent where nobody knows. */
  cost: z.object({ dollars: z.number(), isEstimate: z.boolean() }).optional(),
  /** What else the answer held, by fal's names. */
  rest: z.record(z.string(), z.unknown()).optional(),
});
export type JobResult = z.infer<typeof resultSchema>;

/** A job's state. Each is stored before the step that follows it begins. */
export const jobStateSchema = z.discriminatedUnion('state', [
  /** Stored; nothing sent to fal yet. */
  z.object({ state: z.literal('accepted') }),
  /** More than one request can make: each is a job of its own, and this one brings them together. */
  z.object({ state: z.literal('gathering'), parts: z.array(z.string()) }),
  /** The POST is about to go out: found after a crash, its outcome is unknown. */
  z.object({ state: z.literal('submitting'), input: inputSchema, since: z.coerce.date() }),
  /** No answer to the POST: fal's own list of requests is searched for it, it is never repeated. */
  z.object({ state: z.literal('unknown-submit'), input: inputSchema, since: z.coerce.date() }),
  z.object({ state: z.literal('submitted'), requestId: z.string(), submittedAt: z.coerce.date() }),
  /** fal's answer is stored; its files are still at fal. */
  z.object({
    state: z.literal('finished'),
    requestId: z.string(),
    output: z.unknown(),
    /** What fal counts for the bill; absent where it did not say. */
    billableUnits: z.number().optional(),
    /** From the submission to the result. */
    seconds: z.number(),
  }),
  /** The files are on this machine's disk. */
  z.object({ state: z.literal('fetched'), requestId: z.string(), result: resultSchema }),
  z.object({
    state: z.literal('delivered'),
    requestId: z.string(),
    result: resultSchema,
    messages: z.array(messageRefSchema),
  }),
  z.object({ state: z.literal('failed'), failure: failureSchema }),
  z.object({ state: z.literal('cancelled') }),
  /** Nobody knows whether fal took it; the person decides whether to send it again. */
  z.object({ state: z.literal('undecided'), input: inputSchema, since: z.coerce.date() }),
]);
export type JobState = z.infer<typeof jobStateSchema>;

export interface JobBase {
  readonly id: string;
  /** The job that gathers this one's result with others; undefined for what a person asked for. */
  readonly parent: string | undefined;
  /** The invocation that asked for it; unique, so that a redelivered event makes no second job. */
  readonly invocationId: string;
  readonly person: Person;
  readonly place: Place;
  readonly request: GenerationRequest;
  readonly endpoint: string;
  /** What could not be honoured, shown to the person. */
  readonly notes: readonly string[];
  /** The status message, once there is one. */
  readonly status: MessageRef | undefined;
  /** What the platform noted while delivering. */
  readonly deliveryCheckpoint: unknown;
  readonly acceptedAt: Date;
  readonly cancelRequestedAt: Date | undefined;
  /** Set once the person has been told how it ended: nothing is left to do. */
  readonly closedAt: Date | undefined;
}
export type Job = JobBase & JobState;

/** A job known to be in one of some states. */
export type JobIn<State extends Job['state']> = Extract<Job, { state: State }>;

/** A job of which only the last word is left to be said. */
export type EndedJob = JobIn<'delivered' | 'failed' | 'cancelled' | 'undecided'>;

export function isEnded(job: Job): job is EndedJob {
  const { state } = job;
  return (
    state === 'delivered' || state === 'failed' || state === 'cancelled' || state === 'undecided'
  );
}
