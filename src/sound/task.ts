/** What the worker can be asked to do, as it is handed over to another process. */

export type SoundFormat = 'wav' | 'mp3' | 'flac' | 'ogg';

/** Where the samples of a whole recording wait beside its cuts. */
export const WHOLE = 'whole.pcm';

export type Task =
  | { readonly kind: 'inspect'; readonly path: string }
  | {
      readonly kind: 'convert';
      readonly from: string;
      readonly to: string;
      readonly format: SoundFormat;
    }
  | {
      readonly kind: 'cut';
      readonly from: string;
      readonly folder: string;
      readonly longestSeconds: number;
      readonly shortestSeconds: number;
    }
  | {
      readonly kind: 'join';
      readonly paths: readonly string[];
      readonly to: string;
      readonly format: SoundFormat;
    }
  | { readonly kind: 'voice-message'; readonly from: string; readonly to: string };
