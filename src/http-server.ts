/** The one HTTP server: the web chat, Slack's events where they come by HTTP, and `/healthz`. */
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { UserError } from './errors.ts';
import type { HttpDoor } from './platforms/platform.ts';

export interface HttpServer extends HttpDoor {
  /** Resolves with the port once connections are taken; rejects when the port is not free. */
  listen(host: string, port: number): Promise<number>;
  /** Takes no new connections, ends open streams, and resolves when all are gone. */
  close(): Promise<void>;
}

export function createHttpServer(): HttpServer {
  const app = new Hono();
  const rawListeners = new Map<string, RequestListener>();
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const listener = rawListeners.get(path) ?? answer;
    listener(request, response);
  });

  return {
    app,
    raw(path, listener) {
      rawListeners.set(path, listener);
    },
    async listen(host, port) {
      server.listen(port, host);
      await once(server, 'listening').catch((error: unknown) => {
        throw new UserError(
          `Easel cannot listen on ${host}, port ${port} (${String(error)}). Choose another with HOST and PORT.`,
          { cause: error },
        );
      });
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      if (server.listening) await closed;
    },
  };
}
