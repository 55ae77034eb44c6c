/** Turns zod's findings into the list that fal answers with 422 (pydantic's and fal's own types). */
import { z } from 'zod';
import type { Detail } from './refusal.ts';

type Finding = Omit<Detail, 'url'>;
type Issue = z.core.$ZodIssue;

const TYPES: Readonly<Record<string, readonly [type: string, noun: string]>> = {
  string: ['string_type', 'string'],
  number: ['float_type', 'number'],
  int: ['int_type', 'integer'],
  boolean: ['bool_type', 'boolean'],
  array: ['list_type', 'list'],
  object: ['dict_type', 'dictionary'],
};

export function toFindings(issues: readonly Issue[], input: unknown): readonly Finding[] {
  return issues.flatMap((issue) => toFinding(issue, input));
}

function toFinding(issue: Issue, body: unknown): readonly Finding[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const input = findValue(body, path);
  if (issue.code === 'invalid_union') return toFindings(pickBranch(issue, input), body);
  return [{ loc: ['body', ...path], ...describe(issue, input), input }];
}

function describe(issue: Issue, input: unknown): Omit<Finding, 'loc' | 'input'> {
  if (issue.code === 'invalid_type') return describeType(issue.expected, input);
  if (issue.code === 'too_small') {
    return describeLimit(issue.origin, Number(issue.minimum), issue.inclusive ? 'ge' : 'gt');
  }
  if (issue.code === 'too_big') {
    return describeLimit(issue.origin, Number(issue.maximum), issue.inclusive ? 'le' : 'lt');
  }
  if (issue.code !== 'invalid_value') return describeOther(issue);
  const expected = issue.values.map((value) => `'${String(value)}'`).join(', ');
  const msg = `Input should be ${expected.replace(/, ([^,]*)$/u, ' or $1')}`;
  return { type: 'literal_error', msg, ctx: { expected } };
}

/** Of what zod does not know, a schema says fal's own type: `params: { type }`. */
function describeOther(issue: Issue): Omit<Finding, 'loc' | 'input'> {
  if (issue.code === 'not_multiple_of') {
    const { divisor } = issue;
    const msg = `Input should be a multiple of ${divisor}`;
    return { type: 'multiple_of', msg, ctx: { multiple_of: divisor } };
  }
  const own = issue.code === 'custom' ? ownFinding.safeParse(issue.params).data : undefined;
  return own
    ? { type: own.type, msg: issue.message }
    : { type: 'value_error', msg: `Value error, ${issue.message}` };
}

const ownFinding = z.object({ type: z.string() });

function describeType(expected: string, input: unknown): Omit<Finding, 'loc' | 'input'> {
  if (input === undefined) return { type: 'missing', msg: 'Field required' };
  const [type, noun] = TYPES[expected] ?? ['value_error', expected];
  return { type, msg: `Input should be a valid ${noun}` };
}

const LIMITS = {
  ge: ['greater_than_equal', 'greater than or equal to'],
  gt: ['greater_than', 'greater than'],
  le: ['less_than_equal', 'less than or equal to'],
  lt: ['less_than', 'less than'],
} as const;

function describeLimit(
  origin: string,
  limit: number,
  kind: keyof typeof LIMITS,
): Omit<Finding, 'loc' | 'input'> {
  const isLower = kind === 'ge' || kind === 'gt';
  if (origin === 'string' || origin === 'array') {
    const [noun, things] = origin === 'string' ? ['string', 'characters'] : ['sequence', 'items'];
    return {
      type: `${noun}_too_${isLower ? 'short' : 'long'}`,
      msg: `Input should have at ${isLower ? 'least' : 'most'} ${limit} ${things}`,
      ctx: { [isLower ? 'min_length' : 'max_length']: limit },
    };
  }
  const [type, words] = LIMITS[kind];
  return { type, msg: `Input should be ${words} ${limit}`, ctx: { [kind]: limit } };
}

/** Of a union's branches the one that came furthest: a wrong width is not "no preset". */
function pickBranch(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  input: unknown,
): readonly Issue[] {
  const isObject = typeof input === 'object' && input !== null;
  const branches = issue.errors.map((branch) =>
    branch.map((inner): Issue => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const fitting = branches.find((branch) =>
    branch.some(({ code, path }) =>
      isObject ? path.length > issue.path.length : code === 'invalid_value',
    ),
  );
  const picked = fitting ?? branches[0] ?? [];
  return picked.length > 0 ? picked : [{ ...issue, code: 'custom', message: 'Invalid input' }];
}

function findValue(body: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, step)?.value;
  }, body);
}
