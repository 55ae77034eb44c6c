/** The rules in force: what each job, call and file meets. */
import {
  faultRule,
  isOnOutput,
  type Fault,
  type FaultKind,
  type FaultOf,
  type FaultRule,
  type Operation,
  type OutputFault,
  type WireFault,
} from './fault-rules.ts';

/** What a rule's `when` is compared with. */
export interface Subject {
  readonly endpoint?: string | undefined;
  readonly prompt?: string | undefined;
  readonly path: string;
}

export interface Faults {
  /** Throws zod's error on a rule that does not exist. */
  add(rule: FaultRule): void;
  clear(): void;
  /** Uses up and returns the first rule of these kinds that fits. */
  take<Kind extends FaultKind>(kinds: readonly Kind[], subject: Subject): FaultOf<Kind> | undefined;
  /** The same for the wire, where a rule also says which operations it meets. */
  takeOnWire(operation: Operation, subject: Subject): WireFault | undefined;
  /** Uses up and returns every rule on a job's files and answer that fits: they add up. */
  takeOnOutput(subject: Subject): readonly OutputFault[];
}

export function createFaults(): Faults {
  const rules: { fault: Fault; left: number }[] = [];

  function use<Wanted extends Fault>(
    isWanted: (fault: Fault) => fault is Wanted,
    subject: Subject,
  ): Wanted | undefined {
    for (const rule of rules) {
      const { fault } = rule;
      if (rule.left > 0 && isWanted(fault) && fits(fault.when, subject)) {
        rule.left -= 1;
        return fault;
      }
    }
    return undefined;
  }

  return {
    add(rule) {
      const fault = faultRule.parse(rule);
      rules.push({ fault, left: fault.times });
    },
    clear: () => void rules.splice(0),
    take: <Kind extends FaultKind>(kinds: readonly Kind[], subject: Subject) =>
      use((fault): fault is FaultOf<Kind> => kinds.some((kind) => kind === fault.kind), subject),
    takeOnWire: (operation, subject) =>
      use((fault): fault is WireFault => 'on' in fault && fault.on.includes(operation), subject),
    takeOnOutput: (subject) =>
      rules
        .filter(({ fault, left }) => left > 0 && isOnOutput(fault) && fits(fault.when, subject))
        .map((rule) => {
          rule.left -= 1;
          return rule.fault;
        })
        .filter(isOnOutput),
  };
}

function fits(condition: Fault['when'], subject: Subject): boolean {
  if (!condition) return true;
  const { endpoint, promptIncludes, path } = condition;
  if (endpoint !== undefined && endpoint !== subject.endpoint) return false;
  if (promptIncludes !== undefined && !subject.prompt?.includes(promptIncludes)) return false;
  return path === undefined || path.test(subject.path);
}
