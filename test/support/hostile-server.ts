/** File servers that mean harm: each script answers one address in a way that no honest one does. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { HARMLESS } from './hostile-attachments.ts';

export interface HostileAnswer {
  readonly when: string;
  /** Where to, for a redirect; or what the server does. */
  readonly answer: string | ((response: ServerResponse) => void);
  readonly refused: RegExp | undefined;
}

export interface Lures {
  /** Must never be asked: it is on no list. */
  readonly trap: string;
  /** Is on the list, and must never see a credential. */
  readonly other: string;
}

const NOT_THERE = /address that files may not be fetched from/u;
const PRIVATE = /leads into a private network/u;
const TOO_SLOW = /took too long to come/u;
const TOO_LARGE = /too large/u;
const NO_ANSWER = /could not be fetched/u;

/** Names that the hostile lookup knows: all of them are on the list, and none leads outside. */
export const PRIVATE_NAMES: Readonly<Record<string, string>> = {
  'loopback.example': '127.0.0.1',
  'inside.example': '10.0.0.1',
  'metadata.example': '169.254.169.254',
  'six.example': '::1',
  'mapped.example': '::ffff:192.168.0.1',
};

export function hostileAnswers({ trap, other }: Lures): readonly HostileAnswer[] {
  const port = trap.split(':')[1] ?? '';
  const spellings = ['127.0.0.1', '2130706433', '0177.0.0.1', '0x7f000001', '127.1', 'localhost'];
  return [
    ...[...spellings, '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'].map((host) => ({
      when: `a redirect to ${host}`,
      answer: `http://${host}:${port}/x.png`,
      refused: NOT_THERE,
    })),
    ...['https://169.254.169.254/latest/meta-data', 'https://10.0.0.1/x.png'].map((url) => ({
      when: `a redirect to ${url}`,
      answer: url,
      refused: NOT_THERE,
    })),
    ...Object.entries(PRIVATE_NAMES).map(([name, address]) => ({
      when: `a redirect to a name for ${address}`,
      answer: `https://${name}/x.png`,
      refused: PRIVATE,
    })),
    { when: 'a redirect to a file', answer: 'file:///etc/passwd', refused: NOT_THERE },
    { when: 'a redirect without end', answer: 'self', refused: /leads on and on/u },
    { when: 'a redirect to nowhere', answer: redirectToNowhere, refused: /leads on and on/u },
    { when: 'a redirect to another host', answer: `http://${other}/x.png`, refused: undefined },
    ...slowAnswers(),
    ...falseAnswers(),
  ];
}

function slowAnswers(): readonly HostileAnswer[] {
  return [
    { when: 'no answer at all', answer: () => undefined, refused: TOO_SLOW },
    { when: 'a header and then silence', answer: beginAndStop, refused: TOO_SLOW },
    { when: 'a byte now and then', answer: drip, refused: TOO_SLOW },
    { when: 'headers without end', answer: dripHeaders, refused: TOO_SLOW },
  ];
}

function falseAnswers(): readonly HostileAnswer[] {
  return [
    { when: 'a claim of 3 GiB', answer: claimThreeGigabytes, refused: TOO_LARGE },
    { when: 'a body without end', answer: pour, refused: TOO_LARGE },
    { when: 'a gzip of 300 MB', answer: sendGzip, refused: /is not a picture/u },
    { when: 'a picture that says to be a page', answer: sendAs('text/html'), refused: /web page/u },
    { when: 'a picture that says to be text', answer: sendAs('text/plain'), refused: undefined },
    { when: 'a body that tears', answer: tear, refused: NO_ANSWER },
    {
      when: 'a connection that is cut',
      answer: (response) => response.destroy(),
      refused: NO_ANSWER,
    },
    { when: 'a megabyte of headers', answer: sendManyHeaders, refused: NO_ANSWER },
    { when: 'nothing', answer: (response) => response.end(), refused: /is empty/u },
    { when: 'no file', answer: (response) => response.writeHead(404).end(), refused: /no longer/u },
    {
      when: 'no entry',
      answer: (response) => response.writeHead(401).end(),
      refused: /no longer/u,
    },
    {
      when: 'a breakdown',
      answer: (response) => response.writeHead(503).end(),
      refused: NO_ANSWER,
    },
  ];
}

function redirectToNowhere(response: ServerResponse): void {
  response.writeHead(302).end();
}

function beginAndStop(response: ServerResponse): void {
  response.write(HARMLESS.subarray(0, 100));
}

function drip(response: ServerResponse): void {
  let at = 0;
  repeat(response, 200, () => response.write(HARMLESS.subarray(at, (at += 1))));
}

function dripHeaders(response: ServerResponse): void {
  const { socket } = response;
  socket?.write('HTTP/1.1 200 OK\r\n');
  repeat(response, 200, () => socket?.write('x-more: of the same\r\n'));
}

function claimThreeGigabytes(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': 3 * 1024 ** 3 });
  response.write(HARMLESS);
}

/** As fast as it is taken. */
function pour(response: ServerResponse): void {
  const block = Buffer.alloc(256 * 1024, 7);
  const more = (): void => {
    while (!response.destroyed && response.write(block)) continue;
  };
  response.on('drain', more);
  more();
}

const gzip = gzipSync(Buffer.alloc(300_000_000), { level: 1 });

function sendGzip(response: ServerResponse): void {
  response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'image/png' });
  response.end(gzip);
}

function sendAs(contentType: string): (response: ServerResponse) => void {
  return (response) => {
    response.setHeader('content-type', contentType);
    response.end(HARMLESS);
  };
}

function tear(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': HARMLESS.length });
  response.write(HARMLESS.subarray(0, 1000), () => response.destroy());
}

function sendManyHeaders(response: ServerResponse): void {
  const headers = Array.from({ length: 1000 }, (_, at) => [`x-${at}`, 'x'.repeat(1000)] as const);
  response.writeHead(200, Object.fromEntries(headers));
  response.end(HARMLESS);
}

function repeat(response: ServerResponse, everyMs: number, act: () => void): void {
  const timer = setInterval(act, everyMs);
  response.on('close', () => clearInterval(timer));
}
