import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type MiddlewareHandler } from 'hono';
import { addApplicationRoutes } from './application-routes.ts';
import { addChannelRoutes } from './channel-routes.ts';
import { addFileRoutes } from './file-routes.ts';
import { toFaultRefusal, type Faults } from './faults.ts';
import { addInteractionRoutes } from './interaction-routes.ts';
import { parseBody } from './multipart.ts';
import type { RateLimits } from './rate-limits.ts';
import { Refusal, refuse, refuseForm, type FormProblem } from './refusals.ts';
import type { SchemaCheck } from './schema-check.ts';
import type { World } from './state.ts';
import type { RecordedRequest } from './types.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface RestEnvironment {
  Bindings: HttpBindings;
  Variables: { request: Mutable<RecordedRequest> };
}

export type Rest = Hono<RestEnvironment>;

export interface RestParts {
  readonly world: World;
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly schema: SchemaCheck;
}

const prefix = '/api/v10';
const mostBytesPerRequest = 25 * 1024 * 1024;
/** They carry the interaction's token in their path and need no other. */
const interactionRoutes = /^\/(?:interactions|webhooks)\//;
/** Served by Discord, though its description does not list it. */
const undescribed = new Set(['/attachments/refresh-urls']);

/** REST version 10 and the CDN: every request is recorded, faulted, authorised, limited, checked, carried out. */
export function createRest(parts: RestParts): Rest {
  const { world } = parts;
  const rest: Rest = new Hono<RestEnvironment>();
  rest.use('*', recordRequest(world), applyFaults(parts));
  rest.use(`${prefix}/*`, admit(parts), checkBody(parts));
  addChannelRoutes(rest.basePath(prefix), parts);
  addInteractionRoutes(rest.basePath(prefix), world);
  addApplicationRoutes(rest.basePath(prefix), world);
  addFileRoutes(rest, world);
  rest.notFound((context) => {
    const { method, path } = context.get('request');
    world.violations.push(`${method} ${path}: this server has no such route`);
    return answerRefusal(refuse('notFound'));
  });
  rest.onError((error, context) => {
    if (!(error instanceof Refusal)) throw error;
    if (error.body['code'] === 50035) {
      const { method, path } = context.get('request');
      world.violations.push(`${method} ${path}: ${JSON.stringify(error.body['errors'])}`);
    }
    return answerRefusal(error);
  });
  return rest;
}

function answerRefusal(refusal: Refusal): Response {
  return Response.json(refusal.body, { status: refusal.status, headers: refusal.headers });
}

function recordRequest(world: World): MiddlewareHandler<RestEnvironment> {
  return async (context, next) => {
    const path = decodeURIComponent(context.req.path);
    const request: Mutable<RecordedRequest> = {
      method: context.req.method,
      path: path.startsWith(prefix) ? path.slice(prefix.length) : path,
      query: context.req.query(),
      headers: {
        authorization: context.req.header('authorization'),
        contentType: context.req.header('content-type'),
      },
      body: undefined,
      files: [],
      parts: [],
      at: world.now(),
      status: undefined,
    };
    context.set('request', request);
    world.journal.push(request);
    await next();
    if (context.res !== RESPONSE_ALREADY_SENT) request.status = context.res.status;
  };
}

function applyFaults({ faults }: RestParts): MiddlewareHandler<RestEnvironment> {
  return async (context, next) => {
    const request = context.get('request');
    const bytes = Buffer.from(await context.req.arrayBuffer());
    const fault = faults.take(request.method, request.path);
    if (fault?.delayMs !== undefined) await wait(fault.delayMs);
    if (bytes.length > mostBytesPerRequest) throw refuse('requestTooLarge');
    Object.assign(request, await parseBody(bytes, request.headers.contentType));
    if (fault?.dropConnection === 'before') {
      context.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    const refusal = fault && toFaultRefusal(fault);
    if (refusal) throw refusal;
    await next();
    if (fault?.dropConnection === 'after') context.env.incoming.socket.destroy();
    return undefined;
  };
}

/** Who may come in, and how often. */
function admit({ world, limits }: RestParts): MiddlewareHandler<RestEnvironment> {
  return async (context, next) => {
    const { method, path, headers } = context.get('request');
    if (interactionRoutes.test(path)) {
      if (headers.authorization !== undefined) {
        world.violations.push(`${method} ${path}: carries the bot's token for nothing`);
      }
    } else {
      if (headers.authorization !== `Bot ${world.token}`) throw refuse('unauthorized');
      limits.takeGlobal();
    }
    const answered = limits.take(method, path);
    await next();
    for (const [name, value] of Object.entries(answered)) context.res.headers.set(name, value);
  };
}

function checkBody({ world, schema }: RestParts): MiddlewareHandler<RestEnvironment> {
  return async (context, next) => {
    const { method, path, body, headers } = context.get('request');
    const isForm = headers.contentType?.startsWith('multipart/') ?? false;
    const problems = undescribed.has(path) ? [] : schema.check(method, path, { body, isForm });
    if (problems.some(isUnknownRoute)) {
      world.violations.push(`${method} ${path}: Discord has no such route`);
      throw refuse('notFound');
    }
    if (problems.length > 0) throw refuseForm(problems);
    await next();
  };
}

function isUnknownRoute(problem: FormProblem): boolean {
  return problem.code === 'UNKNOWN_ROUTE';
}
