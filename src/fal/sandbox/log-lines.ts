/** Log lines as real models write them: a coloured one, then progress bars of tqdm. */

export interface LogLine {
  readonly message: string;
  readonly level: 'INFO' | 'STDERR';
  readonly source: 'USER';
  readonly timestamp: string;
}

/** One line each of what must not reach a chat as it is. */
const HOSTILE = [
  '\u001B]0;title\u0007\u001B[2J\u001B[31mred\u001B[0m \u202Egnitfel',
  '10%|#         |\r50%|#####     |\r100%|##########|',
  '@everyone <!channel> <@U123456> <@&987654321> **bold** _it_ `code` ```\nfence\n```',
  '[click](https://evil.example/) <https://evil.example/|bank> <script>alert(1)</script>',
  'Authorization: Key 11111111-2222-3333-4444-555555555555:0123456789abcdef0123456789abcdef',
  `${'long '.repeat(2000)}\u0000end`,
];

export function toLogLine(line: {
  step: number;
  count: number;
  at: Date;
  isHostile: boolean;
}): LogLine {
  const { step, count, at, isHostile } = line;
  const message = isHostile ? (HOSTILE[step % HOSTILE.length] ?? '') : toMessage(step, count);
  return {
    message,
    level: message.includes('it/s') ? 'STDERR' : 'INFO',
    source: 'USER',
    timestamp: at.toISOString(),
  };
}

const STEPS = 30;

function toMessage(step: number, count: number): string {
  if (step === 0) return '\u001B[32mINFO\u001B[0m: loading the paint box';
  const done = Math.min(STEPS, Math.round((STEPS * step) / Math.max(1, count - 1)));
  const bar = '█'.repeat(Math.round(done / 3)).padEnd(10);
  const percent = String(Math.round((100 * done) / STEPS)).padStart(3);
  const left = String(Math.round((STEPS - done) / 8)).padStart(2, '0');
  return `\r${percent}%|${bar}| ${done}/${STEPS} [00:${String(step).padStart(2, '0')}<00:${left},  8.41it/s]`;
}
