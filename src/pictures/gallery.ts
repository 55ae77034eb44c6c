/** Earlier pictures for pages that show them: only those that the viewer's places may show. */
import type { Asker } from '../platforms/platform.ts';
import type { Picture, PictureFilter } from './picture.ts';

export interface PicturePage {
  readonly pictures: readonly Picture[];
  readonly total: number;
}

/** A picture among its relatives. */
export interface FamilyTree {
  /** The one that was asked for. */
  readonly id: string;
  /** All relatives that may be seen, oldest first; parents name each other by id. */
  readonly pictures: readonly Picture[];
}

export interface Gallery {
  /**
   * Nobody in particular, where a picture was made: whoever holds a signed address of it. Undefined
   * where there is no such picture.
   */
  strangerAt(id: string): Promise<Asker | undefined>;
  /** Newest first. */
  search(
    filter: PictureFilter,
    asker: Asker,
    page: { readonly from: number; readonly size: number },
  ): Promise<PicturePage>;
  /** Undefined where there is no such picture for this viewer. */
  familyOf(id: string, asker: Asker): Promise<FamilyTree | undefined>;
  /** Absolute path of the original or of a small copy; undefined where it may not be seen or is gone. */
  locate(
    id: string,
    kind: 'original' | 'thumbnail',
    asker: Asker,
  ): Promise<{ readonly path: string; readonly contentType: string } | undefined>;
}
