/** What a Web API method is made of. */
import { z } from 'zod';
import type { State } from './state.ts';
import type { EventSender } from './events.ts';
import type { FaultRule } from './slack-types.ts';

/** What a method may use. */
export interface MethodParts {
  readonly state: State;
  readonly events: EventSender;
  /** The fault that was switched on for this call. */
  readonly fault: FaultRule | undefined;
}

export interface Method {
  /** The scope that the token must have, if any. */
  readonly scope: string;
  readonly tokenKind: 'bot' | 'app';
  /** All documented arguments; what is not listed is a violation. */
  readonly args: z.ZodObject;
  run(args: Record<string, unknown>, parts: MethodParts): Record<string, unknown>;
}

/** An `ok: false` answer. */
export class SlackRefusal extends Error {
  override readonly name = 'SlackRefusal';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, messages: readonly string[] = []) {
    super(code);
    this.code = code;
    this.details = messages.length === 0 ? {} : { response_metadata: { messages } };
  }
}

class MissingScope extends SlackRefusal {
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(needed: string, provided: readonly string[]) {
    super('missing_scope');
    this.details = { needed, provided: provided.join(',') };
  }
}

export function requireScope(scopes: readonly string[], needed: string): void {
  if (needed !== '' && !scopes.includes(needed)) throw new MissingScope(needed, scopes);
}

export function defineMethod<Args extends z.ZodRawShape>(definition: {
  scope: string;
  tokenKind?: 'app';
  args: Args;
  run(args: z.output<z.ZodObject<Args>>, parts: MethodParts): Record<string, unknown>;
}): Method {
  const args = z.object(definition.args);
  return {
    scope: definition.scope,
    tokenKind: definition.tokenKind ?? 'bot',
    args,
    run: (raw, parts) => definition.run(args.parse(raw), parts),
  };
}

/** Form bodies know only strings: booleans are words and objects are JSON. */
export const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });

export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, check): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        check.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
