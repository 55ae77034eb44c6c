/** `/sandbox/*`: the switches, for a program that cannot call the sandbox's own functions. */
import { Hono } from 'hono';
import { json } from './answers.ts';
import { faultRule } from './fault-rules.ts';
import type { Parts, SandboxEnvironment } from './parts.ts';
import { readJson } from './routes-queue.ts';

export function createControlRoutes(parts: Parts) {
  const routes = new Hono<SandboxEnvironment>();
  // A name of somebody's that points to this machine would let their page read the journal.
  routes.use('/sandbox/*', async (context, next) => {
    if (new URL(context.req.url).host !== new URL(parts.url).host) return json(421, {});
    return next();
  });
  routes.post('/sandbox/*', async (context, next) => {
    // A web page in somebody's browser could post here, but not as JSON without being asked first.
    if (!context.req.header('content-type')?.startsWith('application/json')) return json(415, {});
    return next();
  });
  routes.post('/sandbox/faults', async (context) => {
    const parsed = faultRule.safeParse(await readJson(context));
    if (!parsed.success) return json(422, { detail: parsed.error.issues });
    parts.faults.add(parsed.data);
    return json(201, { kind: parsed.data.kind });
  });
  routes.post('/sandbox/endpoints', async (context) => {
    try {
      parts.models.add(await readJson(context));
      return json(201, {});
    } catch (error) {
      return json(422, { detail: error instanceof Error ? error.message : String(error) });
    }
  });
  routes.delete('/sandbox/faults', () => {
    parts.faults.clear();
    return json(200, {});
  });
  routes.get('/sandbox/journal', () => {
    const { requests, submits, cancels, uploads, webhooks } = parts.journal;
    return json(200, { requests, submits, cancels, uploads, webhooks });
  });
  return routes;
}
