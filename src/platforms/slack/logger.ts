/**
 * Bolt's logger on top of Easel's. Its debug lines hold whole messages, response addresses and
 * socket tickets, so they are dropped, and Bolt never believes that it may write them.
 */
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';

export type { SlackLogger };

export function createSlackLogger(log: Logger): SlackLogger {
  return {
    debug: () => undefined,
    info: (...parts) => log.debug(toText(parts)),
    warn: (...parts) => log.warn(toText(parts)),
    error: (...parts) => log.error(toText(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}

function toText(parts: readonly unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
