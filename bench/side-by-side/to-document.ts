/** The comparison as a document: tables, and sentences whose numbers are counted from them. */
import { VERSION } from '@ai-sdk/fal';
import type { Comparison, Side } from './compare.ts';
import { readExactly } from './exact-json.ts';
import { code, foldJson, foldSentence, join, toTable } from './markdown.ts';
import type { QuirkReadings, Reading } from './read-quirks.ts';
import type { TracedCall } from './trace-calls.ts';
import type { Wish } from './wish.ts';
import { PAGE_RATIOS } from './wishes.ts';

export interface Findings {
  readonly wishes: readonly Comparison[];
  readonly ratios: readonly Comparison[];
  readonly quirks: readonly QuirkReadings[];
  readonly theirCalls: readonly TracedCall[];
  readonly easelCalls: readonly TracedCall[];
}

const KINDS: Readonly<Record<Wish['kind'], string>> = {
  picture: 'Pictures',
  transcript: 'Transcripts',
  speech: 'Speech',
};
const NOTHING = '–';

export function toDocument(findings: Findings): string {
  return [
    `# Side by side with \`@ai-sdk/fal\` ${VERSION}`,
    '',
    ...INTRODUCTION,
    '',
    '## In short',
    '',
    ...summarise(findings),
    '',
    ...Object.entries(KINDS).flatMap(([kind, title]) => [
      `## ${title}`,
      '',
      ...toWishTable(findings.wishes.filter(({ wish }) => wish.kind === kind)),
      '',
    ]),
    '## The nine aspect ratios of its page',
    '',
    ...RATIO_LEGEND,
    '',
    ...toRatioTable(findings.ratios),
    '',
    '## Odd answers',
    '',
    ...QUIRK_LEGEND,
    '',
    ...toQuirkTable(findings.quirks),
    '',
    '## Provider settings',
    '',
    ...SETTINGS,
    '',
    ...toCallTable(findings),
    '',
  ].join('\n');
}

const INTRODUCTION = [
  'The same wishes, given to both, with a `fetch` that never leaves the process: what each sends, and',
  'what is lost on the way. Written by `npm run bench:side-by-side`; a test fails where this file is not',
  'what that script writes now.',
  '',
  '**How `@ai-sdk/fal` is asked.** In the most favourable way that its interface allows: its own settings',
  'first (`n`, `size`, `aspectRatio`, `seed`, `files`, `mask`; `voice`, `speed`, `language`,',
  '`outputFormat`), then the camelCase options of its page; whatever has neither goes through its provider',
  'options under fal’s own name, which it hands on as it is. A count is shared out among calls as',
  '`generateImage` does, as many at a time as the endpoint makes. Rows that say “in camelCase” give both',
  'sides the camelCase names that its page asks for; rows that say “under fal’s own name” pass its settings by.',
  '',
  '**How Easel is asked.** By the same names, as one types them behind `--`.',
  '',
  '**What counts as lost** is computed, not written: a wished value that stands in no field that the',
  'endpoint knows (fal ignores the others), or stands there changed; everything, where a legal wish is',
  'refused or where fal would answer 422; and what the endpoint cannot do, where nothing says so. What it',
  'cannot do and is said aloud is no loss; how an answer travels (`syncMode`) is no wish about what is made.',
  'The facts of the endpoints are those of Easel’s catalogue and families.',
  'In the tables, `…` stands for the words, files go by their names, and long JSON is folded.',
];
const RATIO_LEGEND = [
  'What becomes of each: `@ai-sdk/fal` → Easel. **✓** as wished (for Easel within 1 %, for `@ai-sdk/fal`',
  'within 2 %, because its page says 2560x1080 for 21:9); **≈** the nearest that the endpoint has, and it',
  'is said; **✗** lost in silence; **422** refused by fal.',
];
const QUIRK_LEGEND = [
  'What fal’s answers hold although its documents promise otherwise, and its ways of saying no. An error',
  'of `@ai-sdk/fal` carries the status and the raw body as well; what counts here is its message.',
];
const SETTINGS = [
  ...toTable(
    ['setting of `createFal`', 'in Easel'],
    [
      [
        '`apiKey`, else `FAL_API_KEY`, else `FAL_KEY`',
        '`FAL_API_KEY`, else `FAL_KEY`, else `FAL_KEY_ID` with `FAL_KEY_SECRET`; empty means unset, quotes and blanks are taken off',
      ],
      [
        '`baseURL`: pictures only',
        '`FAL_QUEUE_URL`, `FAL_RUN_URL`, `FAL_REST_URL`, `FAL_API_URL`: every call',
      ],
      ['`headers`', '`FAL_HEADERS`, as JSON: every call to fal, none to an address that fal names'],
      ['`fetch`', '`fetch` of `createFalQueue` (`src/fal/create-fal-queue.ts`)'],
    ],
  ),
  '',
  'Where the calls go when the base address is `https://proxy.example` and a header `x-team` is set:',
];

function summarise({ wishes, ratios, quirks }: Findings): readonly string[] {
  const all = [...wishes, ...ratios];
  const theirs = wordCounts(all.map((one) => one.theirs));
  const easel = wordCounts(all.map((one) => one.easel));
  const theirOdd = quirks.filter((one) => one.theirs.lost.length > 0).length;
  const easelOdd = quirks.filter((one) => one.easel.lost.length > 0).length;
  return [
    `- ${all.length} requests: ${wishes.length} wishes and ${ratios.length} for the aspect ratios.`,
    `- \`@ai-sdk/fal\` ${theirs}.`,
    `- Easel ${easel}.`,
    `- ${quirks.length} odd answers: \`@ai-sdk/fal\` refuses or loses something of ${theirOdd}, Easel of ${easelOdd}.`,
  ];
}

function wordCounts(sides: readonly Side[]): string {
  const losing = sides.filter(({ judgement }) => judgement.lost.length > 0);
  const telling = sides.filter((side) => !losing.includes(side) && side.judgement.told.length > 0);
  return `loses something in ${losing.length} of them, and in ${telling.length} more says what the endpoint cannot do`;
}

function toWishTable(comparisons: readonly Comparison[]): readonly string[] {
  const rows = comparisons.map(({ wish, theirs, easel }) => [
    join([wish.what, code(wish.endpoint)]),
    wordSent(wish, theirs),
    wordLosses(theirs),
    wordSent(wish, easel),
    wordLosses(easel),
  ]);
  return toTable(
    ['wish', '`@ai-sdk/fal` sends', 'and loses', 'Easel sends', 'and says or loses'],
    rows,
  );
}

function wordSent({ prompt, endpoint: wished }: Wish, { asked }: Side): string {
  const { bodies, refusal, endpoint } = asked;
  if (refusal !== undefined) return `nothing: “${foldSentence(refusal)}”`;
  const other = endpoint === wished ? [] : [`to ${code(endpoint)}`];
  const groups = Map.groupBy(bodies, (body) => foldJson(body, prompt));
  const lines = [...groups].map(([text, { length }]) =>
    length > 1 ? `${length} × ${text}` : text,
  );
  return join([...other, lines.join('<br>then ')]);
}

function wordLosses({ asked, judgement }: Side): string {
  const { lost, added } = judgement;
  const extra = added.length === 0 ? [] : [`unasked: ${added.map(code).join(', ')}`];
  const said = asked.told.map((sentence) => `says: “${foldSentence(sentence)}”`);
  const lines = [...lost.map((line) => `**loses** ${line}`), ...said, ...extra];
  return lines.length === 0 ? NOTHING : join(lines);
}

function toRatioTable(comparisons: readonly Comparison[]): readonly string[] {
  const byEndpoint = Map.groupBy(comparisons, ({ wish }) => wish.endpoint);
  const rows = [...byEndpoint].map(([endpoint, group]) => [
    code(endpoint),
    ...PAGE_RATIOS.map((ratio) => {
      const one = group.find(({ wish }) => wish.options['aspect_ratio'] === ratio);
      return one ? `${wordRatio(one.theirs)} → ${wordRatio(one.easel)}` : NOTHING;
    }),
  ]);
  return toTable(['', ...PAGE_RATIOS], rows);
}

function wordRatio({ judgement: { lost, told } }: Side): string {
  if (lost.some((line) => line.includes('422'))) return '422';
  if (lost.length > 0) return '✗';
  return told.length > 0 ? '≈' : '✓';
}

function toQuirkTable(readings: readonly QuirkReadings[]): readonly string[] {
  const rows = readings.map(({ quirk, theirs, easel }) => [
    join([quirk.what, code(quirk.endpoint)]),
    `${quirk.status === 200 ? '' : `${quirk.status} `}${wordAnswer(quirk.answer)}`,
    wordReading(theirs),
    wordReading(easel),
  ]);
  return toTable(['what is odd', 'fal’s answer', '`@ai-sdk/fal`', 'Easel'], rows);
}

function wordAnswer(answer: string): string {
  return answer.startsWith('{') ? foldJson(readExactly(answer), '') : code(answer);
}

function wordReading({ said, lost }: Reading): string {
  const missing = lost.map((one) => `**loses** ${one}`);
  return join([foldSentence(said), ...missing]);
}

function toCallTable({ theirCalls, easelCalls }: Findings): readonly string[] {
  const rows = [...toCallRows('`@ai-sdk/fal`', theirCalls), ...toCallRows('Easel', easelCalls)];
  return toTable(['', 'call', 'goes to', 'with `x-team`'], rows);
}

function toCallRows(side: string, calls: readonly TracedCall[]): string[][] {
  return calls.map(({ what, to, hasHeader }) => [side, what, code(to), hasHeader ? 'yes' : 'no']);
}
