import type { MessageRef } from '../../src/message.ts';
import type { NewJob } from '../../src/store/store.ts';

export const ref: MessageRef = { platform: 'web', channel: 'c', id: 'm1', details: { token: 't' } };

export function newJob(id: string, change: Partial<NewJob> = {}): NewJob {
  return {
    id,
    parent: undefined,
    status: undefined,
    invocationId: `web:${id}`,
    person: { id: 'ada', name: 'Ada “the first” <@1>' },
    place: { platform: 'web', tenant: 'web', channel: 'c' },
    request: {
      model: 'qwen-image',
      prompt: "'; drop table jobs; -- 🗼",
      files: [],
      options: { seed: 7 },
    },
    endpoint: 'fal-ai/qwen-image',
    notes: ['One note'],
    acceptedAt: new Date('2026-01-01T00:00:00.123Z'),
    ...change,
  };
}
