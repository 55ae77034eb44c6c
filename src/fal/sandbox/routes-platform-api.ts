/** `/api/v1/*` (api.fal.ai): the catalogue, prices, and what became of each request. */
import { Hono } from 'hono';
import { answer, checkKey, json } from './answers.ts';
import type { Parts, SandboxContext, SandboxEnvironment } from './parts.ts';
import { refusePlatform } from './platform-answers.ts';
import { listModels, listPrices } from './platform-catalogue.ts';
import { listRequests } from './platform-requests.ts';
import type { Requests } from './requests.ts';

export function createPlatformRoutes(parts: Parts, requests: Requests) {
  const routes = new Hono<SandboxEnvironment>();
  const open = (path: string, respond: Respond): void => {
    routes.get(`/api/v1${path}`, (context) =>
      answer(parts, context, {
        operation: 'api',
        subject: { path: context.req.path },
        carryOut: () => respond(context),
      }),
    );
  };
  open('/models', (context) => listModels(parts, context));
  open(
    '/models/pricing',
    keyed((context) => listPrices(parts, context)),
  );
  open(
    '/models/requests/by-endpoint',
    keyed((context) => listRequests(parts, requests, context)),
  );
  open('/meta', () => json(200, { webhook_ip_ranges: ['127.0.0.1/32'] }));
  return routes;
}

type Respond = (context: SandboxContext) => Response | Promise<Response>;

function keyed(respond: Respond): Respond {
  return (context) => {
    const refused = checkKey(context);
    if (refused === undefined) return respond(context);
    return refusePlatform(401, 'authorization_error', refused);
  };
}
