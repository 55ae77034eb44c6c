import { Refusal } from './refusals.ts';
import { tooMany } from './rate-limits.ts';
import type { FaultRule } from './types.ts';

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The first rule that still hits this request, used up by one. */
  take(method: string, path: string): FaultRule | undefined;
}

export function createFaults(): Faults {
  const rules: { rule: FaultRule; left: number }[] = [];
  return {
    add: (rule) => {
      rules.push({ rule, left: rule.times ?? 1 });
    },
    clear: () => {
      rules.length = 0;
    },
    take(method, path) {
      const found = rules.find(
        ({ rule, left }) =>
          left > 0 && (rule.method ?? method) === method && path.search(rule.path) !== -1,
      );
      if (!found) return undefined;
      found.left -= 1;
      return found.rule;
    },
  };
}

/** The refusal a rule asks for, if it asks for one. */
export function toFaultRefusal(rule: FaultRule): Refusal | undefined {
  if (rule.status === undefined) return undefined;
  const { code, message } = rule;
  if (rule.status === 429) {
    return tooMany({
      resetAfter: rule.retryAfter ?? 1,
      headers: {},
      scope: 'user',
      ...(code !== undefined && { code }),
      ...(message !== undefined && { message }),
    });
  }
  return new Refusal(rule.status, { message: message ?? 'Injected fault', code: code ?? 0 });
}
