/** `GET /healthz`: 200 with what is on while every platform can be acknowledged, else 503. */
import type { Hono } from 'hono';
import type { ChatPlatform } from './platforms/platform.ts';

export interface HealthParts {
  readonly fal: string;
  readonly platforms: ReadonlyMap<string, ChatPlatform>;
  /** False until events are taken. */
  readonly isReady: () => boolean;
}

export function addHealthRoute(app: Hono, { fal, platforms, isReady }: HealthParts): void {
  app.get('/healthz', (context) => {
    const connected = Object.fromEntries(
      [...platforms].map(([name, platform]) => [name, platform.isConnected()]),
    );
    const isWell = isReady() && Object.values(connected).every(Boolean);
    return context.json({ ok: isWell, fal, platforms: connected }, isWell ? 200 : 503);
  });
}
