/** Which pictures a wish is about. */
export interface Subject {
  /** What the pressed button is about: a job, or one picture of it. */
  readonly job?: string | undefined;
  /** A link to a message. */
  readonly link?: string | undefined;
  /** Which of several pictures, counted from 1. */
  readonly number?: number | undefined;
}
