/**
 * Two kinds of trouble are foreseen; any other error is a bug and is logged with its stack.
 * Messages say what happened and what to do next.
 */

/** The person can mend this: the message is shown to them as it stands. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

export interface UpstreamErrorOptions extends ErrorOptions {
  /** True where the same call may succeed later and repeating it does no harm. */
  readonly retryable: boolean;
}

/** A service said no or could not be reached: the message is shown and logged. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly service: string;
  readonly retryable: boolean;

  constructor(service: string, message: string, options: UpstreamErrorOptions) {
    super(message, { cause: options.cause });
    this.service = service;
    this.retryable = options.retryable;
  }
}

/** What a person is told about an error: a bug's own words would help nobody. */
export function explain(error: unknown): string {
  if (error instanceof UserError || error instanceof UpstreamError) return error.message;
  return 'Something went wrong inside Easel. It is in the log; please tell whoever runs it.';
}
