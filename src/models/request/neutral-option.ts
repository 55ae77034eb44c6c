/** An option that means the same on every model. */
export interface NeutralOption {
  /** Fields that mean it, the likeliest first; a dot leads into an object. */
  readonly fields: readonly string[];
  /** What else people type. */
  readonly aliases: readonly string[];
  /** As in "X has no …; left out." */
  readonly what: string;
  /** For forms and lists; at most 100 characters. */
  readonly description: string;
}
