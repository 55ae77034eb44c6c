/** Who asked, and where. */

export interface Person {
  readonly id: string;
  /** Display name, untrusted. */
  readonly name: string;
}

/** Where a request was made: that is where its result goes. */
export interface Place {
  readonly platform: string;
  /** Discord guild (or `dm:<user id>`), Slack `<enterprise id>:<team id>`, `web`. */
  readonly tenant: string;
  /** Channel or conversation id; on Discord a thread is a channel of its own. */
  readonly channel: string;
  /** Slack's `thread_ts` of the root message. */
  readonly thread?: string | undefined;
}
