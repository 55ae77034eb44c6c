/**
 * A process with a store of its own, for tests that kill it. Prints a line for each write once the
 * store has acknowledged it, and goes on until it is killed.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import { newJob } from './new-job.ts';

const [folder = '', mode = 'write'] = process.argv.slice(2);
try {
  const store = await openStore({ folder });
  process.stdout.write('open\n');
  if (mode === 'hold') await wait(60_000);
  for (let count = 0; ; count += 1) {
    await store.jobs.accept(newJob(`job-${count}`));
    await store.jobs.advance(`job-${count}`, 'accepted', {
      state: 'submitting',
      input: { count },
      since: new Date(),
    });
    process.stdout.write(`job-${count}\n`);
  }
} catch (error) {
  process.stdout.write(
    `${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'}\n`,
  );
}
