/** `/run/*` (fal.run): the same models without the line. */
import { Hono } from 'hono';
import { answer, checkKey, json, refuse, text } from './answers.ts';
import type { Parts, SandboxContext, SandboxEnvironment } from './parts.ts';
import { findPrompt } from './request.ts';
import { readJson } from './routes-queue.ts';
import { carryOut, takeFailure, type Outcome } from './work.ts';

export function createRunRoutes(parts: Parts) {
  const routes = new Hono<SandboxEnvironment>();
  routes.post('/run/*', async (context) => {
    const refused = checkKey(context);
    if (refused !== undefined) return json(401, { detail: refused });
    const path = context.req.path.slice('/run/'.length);
    // Some endpoints' own names end so.
    const whole = await parts.models.find(path);
    const endpoint = whole ? path : path.replace(/\/stream$/u, '');
    const isKnown = (whole ?? (await parts.models.find(endpoint))) !== undefined;
    const input = await readJson(context);
    const subject = { endpoint, prompt: findPrompt(input), path: context.req.path };
    return answer(parts, context, {
      operation: 'run',
      subject,
      carryOut: async () => {
        if (!isKnown) return json(404, { detail: `Application '${endpoint}' not found` });
        const refusal = takeFailure(parts.faults, subject);
        if (refusal) return refuse(refusal);
        await waitForRun(parts, context);
        const faults = parts.faults.takeOnOutput(subject);
        return send(await carryOut(parts, { endpoint, input, faults }), path.endsWith('/stream'));
      },
    });
  });
  return routes;
}

async function waitForRun(parts: Parts, context: SandboxContext): Promise<void> {
  const signal = AbortSignal.any([parts.closing, context.req.raw.signal]);
  await parts.clock.sleep(parts.pace().runMs, signal).catch(() => undefined);
}

function send(outcome: Outcome, isStream: boolean): Response {
  if (outcome.kind === 'failure') return refuse(outcome.refusal);
  if (!isStream) return text(200, outcome.text, { 'x-fal-billable-units': String(outcome.units) });
  return new Response(`data: ${outcome.text}\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}
