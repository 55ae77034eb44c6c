/** What a command may want of earlier pictures. */
import type { AttachmentRef, GenerationRequest } from '../request.ts';
import type { PictureFilter } from './picture.ts';
import type { PlaceSettings } from './place-settings.ts';
import type { Subject } from './subject.ts';

export type PicturePlan =
  /** Change earlier pictures: they go in front of the request's files. */
  | { readonly kind: 'edit'; readonly subject: Subject; readonly request: GenerationRequest }
  /** Make a result anew with another seed. */
  | { readonly kind: 'again'; readonly subject: Subject }
  /** Make a result anew with other words, and everything else as it was. */
  | { readonly kind: 'remix'; readonly subject: Subject; readonly prompt: string }
  | { readonly kind: 'vary'; readonly subject: Subject }
  | { readonly kind: 'upscale'; readonly subject: Subject }
  /** Say everything about a picture, and how it can be made again. */
  | { readonly kind: 'details'; readonly subject: Subject }
  /** Keep a picture in the person's own collection, and hand out the original. */
  | { readonly kind: 'save'; readonly subject: Subject }
  /** Take a result away. */
  | { readonly kind: 'delete'; readonly subject: Subject }
  /** Change what is said to people who do not see the picture. */
  | { readonly kind: 'describe'; readonly subject: Subject; readonly altText: string }
  /** Post again what a picture was made from. */
  | { readonly kind: 'undo'; readonly subject: Subject }
  /** Take the steps that led to a picture once more: on another picture, or with another model. */
  | {
      readonly kind: 'replay';
      readonly subject: Subject;
      readonly onto: {
        readonly link: string | undefined;
        readonly files: readonly AttachmentRef[];
      };
      readonly model: string | undefined;
    }
  | { readonly kind: 'history'; readonly filter: PictureFilter; readonly page: number }
  /** Another page of what was searched before. */
  | { readonly kind: 'turn'; readonly target: string }
  /** Go on with a wish that was unclear about which picture it meant. */
  | { readonly kind: 'choose'; readonly draft: string }
  | { readonly kind: 'settings'; readonly changes: Partial<PlaceSettings> };
