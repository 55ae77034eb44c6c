import { UserError } from '../../src/errors.ts';

/** What a person is told instead. Throws where nothing was refused, and whatever is a bug. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}
