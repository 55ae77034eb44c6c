import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDownload, type DownloadCall } from '../../src/download.ts';
import {
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/scripted-server.ts';

const HOSTS = ['fal.media', 'storage.googleapis.com'];

/** Resolves names as the table says; what is not in it does not exist. */
function resolveTo(table: Readonly<Record<string, readonly string[]>>): LookupFunction {
  return (hostname, _options, callback) => {
    const addresses = table[hostname];
    if (!addresses) {
      callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), '', 0);
      return;
    }
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

let folder: string;
let png: Buffer;
beforeAll(async () => {
  png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easel-'));
});

function toCall(
  url: string,
  hosts: readonly string[],
  more: Partial<DownloadCall> = {},
): DownloadCall {
  return {
    url,
    hosts,
    headers: {},
    maxBytes: 100_000,
    timeoutMs: 2000,
    to: join(folder, 'file'),
    signal: new AbortController().signal,
    ...more,
  };
}

describe('hostile addresses', () => {
  test.each([
    'http://fal.media/a.png',
    'https://fal.media:8443/a.png',
    'https://user@fal.media/a.png',
    'https://user:secret@fal.media/a.png',
    'https://fal.media./a.png',
    'https://evilfal.media/a.png',
    'https://fal.media.evil.example/a.png',
    'https://evil.example/fal.media',
    'https://evil.example#@fal.media/',
    'https://fal.media@evil.example/',
    'https://evil.example\\@fal.media/',
    'https://127.0.0.1/a.png',
    'https://2130706433/a.png',
    'https://0x7f.1/a.png',
    'https://[::1]/a.png',
    'https://[::ffff:10.0.0.1]/a.png',
    'http://127.0.0.1:9/a.png',
    'http://169.254.169.254/latest/meta-data/',
    'ftp://fal.media/a.png',
    'file:///etc/passwd',
    'blob:https://fal.media/x',
    'javascript:alert(1)',
    '//fal.media/a.png',
    'a.png',
    '',
  ])('“%s” is refused before any name is looked up', async (url) => {
    let lookups = 0;
    const lookup: LookupFunction = (_host, _options, callback) => {
      lookups += 1;
      callback(new Error('must not be asked'), '', 0);
    };
    const download = createDownload({ lookup });
    await expect(download(toCall(url, HOSTS))).rejects.toMatchObject({
      trouble: 'host-not-allowed',
    });
    expect(lookups).toBe(0);
  });

  test.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['169.254.169.254'],
    ['0.0.0.0'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fd00::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:192.168.0.1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['93.184.216.34', '10.0.0.1'],
  ])('a listed host whose name leads to %s %s is refused', async (...addresses) => {
    const download = createDownload({ lookup: resolveTo({ 'v3.fal.media': addresses }) });
    await expect(download(toCall('https://v3.fal.media/a.png', HOSTS))).rejects.toMatchObject({
      trouble: 'private-address',
      retryable: false,
    });
  });

  test('a listed private address is refused as an address, too', async () => {
    const download = createDownload();
    await expect(download(toCall('https://10.0.0.5/a.png', ['10.0.0.5']))).rejects.toMatchObject({
      trouble: 'private-address',
    });
  });

  test('an unknown name is unreachable', async () => {
    const download = createDownload({ lookup: resolveTo({}) });
    await expect(download(toCall('https://v3.fal.media/a.png', HOSTS))).rejects.toMatchObject({
      trouble: 'unreachable',
      retryable: true,
    });
  });
});

describe('from a listed emulator', () => {
  const download = createDownload();
  let server: ScriptedServer;
  const scripts: Record<string, Script> = {
    '/a.png': (_, response) => void response.end(png),
    '/svg': (_, response) =>
      void response.end(
        '<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>',
      ),
    '/unknown': (_, response) => void response.end('just some words'),
    '/empty': (_, response) => void response.end(),
    '/page': (_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<html>');
    },
    '/hidden-page': (_, response) => {
      response.setHeader('content-type', 'image/png');
      response.end('\n<!DOCTYPE html><title>Sign in</title>');
    },
    '/large': (_, response) => void response.end(Buffer.alloc(100_001, 1)),
    '/endless': (_, response) => {
      const more = setInterval(() => response.write(Buffer.alloc(30_000, 1)), 5);
      response.on('close', () => clearInterval(more));
    },
    '/torn': (_, response) => {
      response.writeHead(200, { 'content-length': 5000 });
      response.write(png);
      setTimeout(() => response.destroy(), 20);
    },
    '/slow-head': () => {},
    '/steady': (_, response) => {
      let left = 12;
      const more = setInterval(() => {
        response.write(Buffer.alloc(100, 1));
        if ((left -= 1) === 0) response.end();
      }, 40);
      response.on('close', () => clearInterval(more));
    },
    '/slow-body': (_, response) => void response.write(png),
    '/gone': (_, response) => void response.writeHead(404).end('gone'),
    '/forbidden': (_, response) => void response.writeHead(403).end('no'),
    '/unfit': (_, response) => void response.writeHead(416).end('no'),
    '/busy': (_, response) => void response.writeHead(429).end('no'),
    '/broken': (_, response) => void response.writeHead(503).end('no'),
    '/hang-up': (_, response) => void response.destroy(),
    '/loop': (_, response) => void response.writeHead(302, { location: '/loop' }).end(),
    '/to-nowhere': (_, response) => void response.writeHead(302).end(),
    '/to-private': (_, response) =>
      void response.writeHead(302, { location: 'http://127.0.0.1:1/x' }).end(),
    '/to-metadata': (_, response) =>
      void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    '/to-file': (_, response) =>
      void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/moved': (_, response) => void response.writeHead(307, { location: 'a.png' }).end(),
  };
  beforeAll(async () => {
    server = await startScriptedServer((request, response) =>
      scripts[request.path]?.(request, response),
    );
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });
  const fetchFrom = (path: string, more: Partial<DownloadCall> = {}) =>
    download(toCall(server.url + path, [server.host], more));

  test('a file comes to disk with its real type', async () => {
    const found = await fetchFrom('/a.png');
    expect(found).toEqual({ bytes: png.length, contentType: 'image/png', extension: 'png' });
    expect(await readFile(join(folder, 'file'))).toEqual(png);
  });

  test.each([
    ['/svg', 'image/svg+xml', 'svg'],
    ['/unknown', 'application/octet-stream', 'bin'],
  ])('%s is told as %s', async (path, contentType, extension) => {
    expect(await fetchFrom(path)).toMatchObject({ contentType, extension });
  });

  test.each([
    ['/empty', 'empty'],
    ['/page', 'wrong-type'],
    ['/unfit', 'not-found'],
    ['/busy', 'unreachable'],
    ['/hidden-page', 'wrong-type'],
    ['/large', 'too-large'],
    ['/endless', 'too-large'],
    ['/torn', 'unreachable'],
    ['/slow-head', 'too-slow'],
    ['/slow-body', 'too-slow'],
    ['/gone', 'not-found'],
    ['/forbidden', 'not-found'],
    ['/broken', 'unreachable'],
    ['/hang-up', 'unreachable'],
    ['/loop', 'leads-nowhere'],
    ['/to-nowhere', 'leads-nowhere'],
    ['/to-private', 'host-not-allowed'],
    ['/to-metadata', 'host-not-allowed'],
    ['/to-file', 'host-not-allowed'],
  ])('%s fails as %s and leaves nothing behind', async (path, trouble) => {
    await expect(fetchFrom(path, { timeoutMs: 700 })).rejects.toMatchObject({
      name: 'UpstreamError',
      trouble,
      message: expect.stringMatching(/^[A-Z].*\.$/u) as unknown,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  describe('at a pace', () => {
    const pace = { everyMs: 300, bytes: 200 };

    test('a line that is slow and steady brings its file', async () => {
      expect(await fetchFrom('/steady', { pace })).toMatchObject({ bytes: 1200 });
    });

    test.each(['/slow-head', '/slow-body'])('%s is not waited for to the end', async (path) => {
      const start = performance.now();
      const call = fetchFrom(path, { pace, timeoutMs: 60_000 });
      await expect(call).rejects.toMatchObject({ trouble: 'too-slow' });
      expect(performance.now() - start).toBeLessThan(10_000);
    });
  });

  test('a redirect is followed and keeps credentials on the same host', async () => {
    server.seen.length = 0;
    await fetchFrom('/moved', { headers: { authorization: 'Bearer secret' } });
    expect(server.seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/moved', 'Bearer secret'],
      ['/a.png', 'Bearer secret'],
    ]);
  });

  test('credentials never reach another host', async () => {
    await using other = await startScriptedServer((_, response) => void response.end(png));
    scripts['/away'] = (_, response) =>
      void response.writeHead(302, { location: `${other.url}/a.png` }).end();
    const hosts = [server.host, other.host];
    await fetchFrom('/away', { hosts, headers: { authorization: 'Bearer secret' } });
    expect(other.seen).toHaveLength(1);
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
  });

  test('the listed port is the only one, by whatever name', async () => {
    const { port } = new URL(server.url);
    const call = toCall(`http://localhost:${port}/a.png`, [server.host]);
    await expect(download(call)).rejects.toMatchObject({ trouble: 'host-not-allowed' });
    const byName = toCall(`http://localhost:${port}/a.png`, [`localhost:${port}`]);
    const local = createDownload({ lookup: resolveTo({ localhost: ['127.0.0.1'] }) });
    expect(await local(byName)).toMatchObject({ extension: 'png' });
    const moved = createDownload({ lookup: resolveTo({ localhost: ['10.0.0.1'] }) });
    await expect(moved(byName)).rejects.toMatchObject({ trouble: 'private-address' });
  });

  test('a name is looked up once, by the connection itself: there is no second look to deceive', async () => {
    const answers = ['127.0.0.1', '10.0.0.1'];
    const rebinding: LookupFunction = (_host, _options, callback) =>
      callback(null, [{ address: answers.shift() ?? '', family: 4 }]);
    const { port } = new URL(server.url);
    const call = toCall(`http://localhost:${port}/a.png`, [`localhost:${port}`]);
    expect(await createDownload({ lookup: rebinding })(call)).toMatchObject({ extension: 'png' });
    expect(answers).toEqual(['10.0.0.1']);
  });

  test('an abort ends it with its own reason and leaves nothing behind', async () => {
    const stop = new AbortController();
    const reason = new Error('shutting down');
    setTimeout(() => stop.abort(reason), 50);
    await expect(fetchFrom('/slow-body', { signal: stop.signal })).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a file inside the address', () => {
  const download = createDownload();

  test.each([
    ['base64', () => `data:image/jpeg;base64,${png.toString('base64')}`, 'image/png'],
    ['percent', () => `data:image/svg+xml,${encodeURIComponent('<svg></svg>')}`, 'image/svg+xml'],
  ])('%s is unpacked and told by its bytes', async (_name, toUrl, contentType) => {
    expect(await download(toCall(toUrl(), []))).toMatchObject({ contentType });
  });

  test.each([
    ['data:image/png;base64,', 'empty'],
    ['data:image/png', 'wrong-type'],
    ['data:,%E0%A4%A', 'wrong-type'],
    ['data:text/html,<html> </html>', 'wrong-type'],
    [`data:image/png;base64,${'A'.repeat(200_000)}`, 'too-large'],
    [`data:,${'A'.repeat(100_001)}`, 'too-large'],
  ])('a bad one fails: %.40s', async (url, trouble) => {
    await expect(download(toCall(url, []))).rejects.toMatchObject({ trouble });
    expect(await readdir(folder)).toEqual([]);
  });
});
