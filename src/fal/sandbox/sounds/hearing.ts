/** What speech models hear, where somebody decides it: a toy has no ears. */

export interface HeardWord {
  readonly text: string;
  /** In seconds; words without times are spread over what is left. */
  readonly from?: number | undefined;
  /** Null where nobody can tell, as real transcripts have it now and then. */
  readonly to?: number | null | undefined;
  /** Any name; only told apart where that was asked for. */
  readonly speaker?: string | undefined;
}

/** None at all is silence. */
export type HeardWords =
  | string
  | { readonly words: readonly HeardWord[]; readonly languages?: readonly string[] | undefined };

/** A sound as a model was given it. */
export interface GivenSound {
  readonly bytes: Buffer;
  /** By its content, such as `audio/mpeg`. */
  readonly type: string;
  readonly seconds: number;
  /** The model's whole input, with its defaults. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** Undefined leaves it to the toy: what the sandbox said itself it knows, of all else it says so. */
export type Hears = (sound: GivenSound) => HeardWords | undefined | Promise<HeardWords | undefined>;

/** The formats that fal's documents list. */
export const LISTED_FORMATS = ['mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'wav', 'webm'];
