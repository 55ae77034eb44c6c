import { UserError } from '../errors.ts';
import type { ModelAdapter, Models } from './model.ts';

/** For where an unknown name is no mistake: it is half typed, or no longer offered. */
export function findKnown(name: string, models: Models): ModelAdapter | undefined {
  try {
    return models.find(name);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
