/** Slack's pace: how many calls each method takes, and when the next one may come. */

/** Calls in any 60 seconds, per method and workspace. */
const tierRates = { Tier1: 1, Tier2: 20, Tier3: 50, Tier4: 100, special: 300 } as const;
export type Tier = keyof typeof tierRates;

/**
 * Where the two lists of Slack disagree, the method's own page wins for `apps.connections.open`
 * (every start needs two connections), and the stricter one for `views.*`.
 */
export const methodTiers: Readonly<Record<string, Tier>> = {
  'apps.connections.open': 'Tier3',
  'auth.test': 'special',
  'chat.delete': 'Tier3',
  'chat.getPermalink': 'special',
  'chat.postEphemeral': 'Tier4',
  'chat.postMessage': 'special',
  'chat.update': 'Tier3',
  'conversations.history': 'Tier3',
  'conversations.info': 'Tier3',
  'conversations.join': 'Tier3',
  'conversations.members': 'Tier4',
  'conversations.open': 'Tier3',
  'conversations.replies': 'Tier3',
  'files.completeUploadExternal': 'Tier4',
  'files.delete': 'Tier3',
  'files.getUploadURLExternal': 'Tier4',
  'files.info': 'Tier4',
  'team.info': 'Tier3',
  'users.info': 'Tier4',
  'views.open': 'Tier3',
  'views.update': 'Tier3',
};

/** Slack promises one message per second and channel and tolerates bursts without saying how long. */
const channelBurst = 10;

export interface RateLimits {
  /** Seconds to wait, or 0 when the call may go on. */
  take(method: string, channel: string): number;
}

export function createRateLimits(now: () => number): RateLimits {
  const calls = new Map<string, number[]>();
  const channels = new Map<string, { tokens: number; at: number }>();

  return {
    take(method, channel) {
      const wait = waitOfMethod(method);
      if (wait > 0) return wait;
      if (method === 'chat.postMessage' && !takeFromChannel(channel)) return 1;
      calls.get(method)?.push(now());
      return 0;
    },
  };

  function waitOfMethod(method: string): number {
    const recent = (calls.get(method) ?? []).filter((at) => at > now() - 60_000);
    calls.set(method, recent);
    const rate = tierRates[methodTiers[method] ?? 'special'];
    const oldest = recent.at(-rate);
    return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + 60_000 - now()) / 1000));
  }

  function takeFromChannel(channel: string): boolean {
    const bucket = channels.get(channel) ?? { tokens: channelBurst, at: now() };
    const refilled = Math.min(channelBurst, bucket.tokens + (now() - bucket.at) / 1000);
    const allowed = refilled >= 1;
    channels.set(channel, { tokens: allowed ? refilled - 1 : refilled, at: now() });
    return allowed;
  }
}
