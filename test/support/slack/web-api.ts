/** `/api/<method>`: tokens, scopes, arguments and pace are checked here; the methods do the rest. */
import type { Answer, Call, HttpRequest } from './http-door.ts';
import { toRateLimited } from './http-door.ts';
import type { RateLimits } from './limits.ts';
import { requireScope, SlackRefusal, type Method, type MethodParts } from './method.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { viewMethods } from './methods/views.ts';
import { workspaceMethods } from './methods/workspace.ts';
import { identity } from './state.ts';

const methods: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...viewMethods,
  ...workspaceMethods,
};

/** Sent along with every call by the client library; no method page lists them. */
const alwaysKnown = new Set(['token', 'team_id']);

export function toApiCall(
  parts: Omit<MethodParts, 'fault'> & { readonly rateLimits: RateLimits },
  request: HttpRequest,
): Call {
  const name = request.url.pathname.slice('/api/'.length);
  const method = methods[name];
  const form = readForm(request);
  const token = readToken(request, form);
  return {
    name,
    token,
    args: toJournalArgs(method, form),
    act(fault) {
      if (method === undefined) return refusal(new SlackRefusal('unknown_method'));
      return actOn({ name, method, form, token }, { ...parts, fault });
    },
  };
}

interface ApiCall {
  readonly name: string;
  readonly method: Method;
  readonly form: Record<string, string>;
  readonly token: string;
}

function actOn(call: ApiCall, parts: MethodParts & { readonly rateLimits: RateLimits }): Answer {
  try {
    checkToken(call, parts.state.scopes);
    const wait = parts.rateLimits.take(call.name, call.form['channel'] ?? '');
    if (wait > 0) {
      parts.state.tooManyRequests += 1;
      return toRateLimited(wait);
    }
    checkArguments(call, parts.state.violations);
    return { status: 200, body: { ok: true, ...call.method.run(call.form, parts) } };
  } catch (error) {
    if (error instanceof SlackRefusal) return refusal(error);
    throw error;
  }
}

function refusal(error: SlackRefusal): Answer {
  return { status: 200, body: { ok: false, error: error.code, ...error.details } };
}

function readForm({ headers, body }: HttpRequest): Record<string, string> {
  if (!headers['content-type']?.startsWith('application/json')) {
    return Object.fromEntries(new URLSearchParams(body.toString()));
  }
  const fields = Object.entries(JSON.parse(body.toString()) as Record<string, unknown>);
  return Object.fromEntries(
    fields.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function readToken({ headers }: HttpRequest, form: Readonly<Record<string, string>>): string {
  return headers.authorization?.replace(/^Bearer /u, '') ?? form['token'] ?? '';
}

function toJournalArgs(method: Method | undefined, form: Record<string, string>) {
  const parsed = method?.args.safeParse(form);
  return parsed?.success === true ? parsed.data : form;
}

function checkToken({ method, token }: ApiCall, scopes: readonly string[]): void {
  if (token === '') throw new SlackRefusal('not_authed');
  const { botToken, appToken } = identity;
  if (token !== botToken && token !== appToken) throw new SlackRefusal('invalid_auth');
  if (token !== (method.tokenKind === 'app' ? appToken : botToken)) {
    throw new SlackRefusal('not_allowed_token_type');
  }
  requireScope(scopes, method.scope);
}

function checkArguments({ name, method, form }: ApiCall, violations: string[]): void {
  for (const key of Object.keys(form)) {
    if (key in method.args.shape || alwaysKnown.has(key)) continue;
    violations.push(`${name}: unknown argument ${key}`);
  }
  const { error } = method.args.safeParse(form);
  if (error === undefined) return;
  const messages = error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
  violations.push(...messages.map((message) => `${name}: ${message}`));
  const isAboutBlocks = error.issues.every(({ path }) => path[0] === 'blocks');
  throw new SlackRefusal(isAboutBlocks ? 'invalid_blocks' : 'invalid_arguments', messages);
}
