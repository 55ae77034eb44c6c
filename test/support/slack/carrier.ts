/** How something that happened in Slack reaches the bot: a socket or a signed HTTP request. */
export interface Carrier {
  /** Settles after the acknowledgement, or once the time for it is over. Never rejects. */
  carry(payload: Payload): Promise<Carried>;
}

export interface Payload {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  readonly body: Readonly<Record<string, unknown>>;
  /** Given on the second and later deliveries. */
  readonly retry?: { readonly number: number; readonly reason: string };
}

export interface Carried {
  /** Number of the socket connection, from 1; 0 for HTTP and where there was none. */
  readonly connection: number;
  /** Undefined where no acknowledgement came in time. */
  readonly acknowledgedAfterMs: number | undefined;
  /** What the acknowledgement said, undefined where it was empty. */
  readonly body: unknown;
  /** What a person would be shown, or empty. */
  readonly problem: '' | 'operation_timeout' | 'dispatch_failed';
  /** The `x-slack-retry-reason` that a further delivery would carry. */
  readonly retryReason: string;
  /** The bot asked for no further deliveries. */
  readonly noRetry: boolean;
}

export function notCarried(problem: Carried['problem'], retryReason: string): Carried {
  return {
    connection: 0,
    acknowledgedAfterMs: undefined,
    body: undefined,
    problem,
    retryReason,
    noRetry: false,
  };
}
