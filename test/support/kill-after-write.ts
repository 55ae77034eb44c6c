/**
 * Loaded before `src/main.ts`: ends the process with SIGKILL right after the store has written what
 * KILL_AFTER (a regular expression over the statement and its values) describes. Easel itself knows
 * nothing of it.
 */
import { StatementSync } from 'node:sqlite';

const pattern = new RegExp(process.env['KILL_AFTER'] ?? '$^', 'su');

for (const method of ['run', 'all', 'get'] as const) {
  const original = StatementSync.prototype[method] as (...values: unknown[]) => unknown;
  StatementSync.prototype[method] = function (this: StatementSync, ...values: unknown[]) {
    const result = original.apply(this, values);
    const written = `${this.sourceSQL} ${values.map(String).join(' ')}`;
    if (!/^\s*select/iu.test(written) && pattern.test(written))
      process.kill(process.pid, 'SIGKILL');
    return result as never;
  };
}
