/** A server on loopback that nobody may be lured to; and one that lures. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Trap {
  /** Such as `127.0.0.1:40123`. */
  readonly host: string;
  /** What was asked of it, with its credentials. */
  readonly requests: readonly { readonly path: string; readonly authorization: string }[];
  close(): Promise<void>;
}

/** `/to/<address>` redirects to that address, `/loop` to itself; everything else is a picture. */
export async function startTrap(picture: Uint8Array): Promise<Trap> {
  const requests: { path: string; authorization: string }[] = [];
  const server = createServer((request, response) => {
    const { url: path = '', headers } = request;
    requests.push({ path, authorization: headers.authorization ?? '' });
    const [, target] = /^\/to\/([^?]+)/u.exec(path) ?? [];
    const location = target === undefined ? path : decodeURIComponent(target);
    if (target === undefined && path !== '/loop') response.end(picture);
    else response.writeHead(302, { location }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
