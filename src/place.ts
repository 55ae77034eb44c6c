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

export function isSameTenant(
  one: Pick<Place, 'platform' | 'tenant'>,
  other: Pick<Place, 'platform' | 'tenant'>,
): boolean {
  return one.platform === other.platform && one.tenant === other.tenant;
}

/** In whichever thread of it. */
export function isSameChannel(one: Place, other: Place): boolean {
  return isSameTenant(one, other) && one.channel === other.channel;
}
