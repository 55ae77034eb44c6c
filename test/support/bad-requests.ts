/** Requests and events that neither the page nor Slack nor Discord would send. */
import { randomUUID } from 'node:crypto';

export interface BadRequest {
  readonly when: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const;
const PARTS = { 'content-type': 'multipart/form-data; boundary=x' } as const;
const part = (name: string, value: string, rest = ''): string =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n${value}\r\n`;

const send = (when: string, body: string, status = 400, headers: BadRequest['headers'] = FORM) => ({
  when,
  path: '/web/messages',
  method: 'POST',
  headers,
  body,
  status,
});
const press = (when: string, body: string, status = 400) => ({
  ...send(when, body, status),
  path: '/web/press',
});
const look = (path: string, status = 404) => ({ when: `a look at ${path}`, path, status });
const wish = (): string => `text=a+fox&submission=${randomUUID()}`;

/** Without `origin` among the headers they come from Easel's own page. */
export const BAD_REQUESTS: readonly BadRequest[] = [
  // what is in a message
  send('nothing', ''),
  send('no submission', 'text=a+fox'),
  send('an empty submission', 'text=a+fox&submission='),
  send('a made-up submission', 'text=a+fox&submission=1'),
  send('a submission with a path', 'text=a+fox&submission=../../x'),
  send('two texts', `text=a&${wish()}`),
  send('two submissions', `submission=${randomUUID()}&${wish()}`),
  send('a file that is text', `${wish()}&files=x`),
  send('prototype names', '__proto__[text]=x&constructor=y'),
  send('broken escapes', 'text=%E0%A4%A&submission=%ZZ'),
  send('zeroes', '\0'.repeat(300)),
  send('no words', `text=&submission=${randomUUID()}`, 422),
  send('blanks', `text=+%0A+&submission=${randomUUID()}`, 422),
  send('an unknown command', `text=%2Frm+-rf&submission=${randomUUID()}`, 422),
  send('a hidden command', `text=%2Fretry+1&submission=${randomUUID()}`, 422),
  send('too many words', `text=${'x'.repeat(8001)}&submission=${randomUUID()}`, 422),
  // forms that are none
  send('a form without boundary', 'x', 400, { 'content-type': 'multipart/form-data' }),
  send('a form that is cut off', '--x\r\nContent-Disp', 400, PARTS),
  send('a form without its end', part('text', 'a fox'), 400, PARTS),
  send('a form of one boundary', '--x--', 400, PARTS),
  send('a text that is a file', `${part('text', 'a', '; filename="a"')}--x--`, 400, PARTS),
  send('JSON', '{"text":"a fox"}', 415, { 'content-type': 'application/json' }),
  send('text', wish(), 415, { 'content-type': 'text/plain' }),
  send('XML', '<a/>', 415, { 'content-type': 'application/xml' }),
  send('a type that only begins like a form', wish(), 415, { 'content-type': 'multipart/mixed' }),
  // who asks
  ...['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost.evil.example'].map(
    (origin) => send(`the origin ${origin}`, wish(), 403, { ...FORM, origin }),
  ),
  send('no origin', wish(), 403, { ...FORM, origin: '' }),
  ...['cross-site', 'same-site'].map((site) =>
    send(`a ${site} page`, wish(), 403, { ...FORM, origin: 'x', 'sec-fetch-site': site }),
  ),
  ...['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80'].map((host) => ({
    ...send(`the host ${host}`, wish(), 421, { ...FORM, host }),
  })),
  // buttons
  press('a press of nothing', ''),
  press('a press without a job', 'command=cancel&message=1'),
  press('a command that does not exist', 'command=rm&job=1&message=1'),
  press('a command with a path', 'command=..%2Fcancel&job=1&message=1'),
  press('a command from the prototype', 'command=constructor&job=1&message=1'),
  press('an endless command', `command=${'x'.repeat(33)}&job=1&message=1`),
  press('an endless job', `command=cancel&message=1&job=${'x'.repeat(65)}`),
  press('two jobs', 'command=cancel&message=1&job=1&job=2'),
  press('a huge press', `command=${'x'.repeat(20_000)}`, 413),
  // other methods
  ...['GET', 'PUT', 'DELETE', 'PATCH'].map((method) => ({
    when: `${method} on messages`,
    path: '/web/messages',
    method,
    status: 404,
  })),
  { when: 'GET on buttons', path: '/web/press', status: 404 },
  { when: 'DELETE on a file', path: '/web/files/x', method: 'DELETE', status: 404 },
  // files
  look('/web/files/'),
  look('/web/files/nothing'),
  look('/web/files/..%2f..%2fetc%2fpasswd'),
  look('/web/files/%2e%2e%2f%2e%2e%2fetc%2fpasswd'),
  look('/web/files/..%5c..%5cwindows'),
  look('/web/files/%00'),
  look(`/web/files/${'x'.repeat(3000)}`),
  look('/web/assets/x/..%2fpage.ts'),
  look('/web/assets/x/%2e%2e%2f%2e%2e%2fmain.ts'),
  look('/.env'),
  look('/data/easel.sqlite'),
  look('/web/nothing'),
  look('//etc/passwd'),
];

export interface BadSlackRequest {
  readonly when: string;
  readonly body: string;
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
  readonly signature: 'valid' | 'missing' | 'stale' | 'wrong';
  readonly status: number;
}

const COMMAND =
  'command=%2Fimagine&text=a+fox&channel_id=C1&user_id=U1&team_id=T1&trigger_id=forged';
const EVENT = JSON.stringify({
  type: 'event_callback',
  team_id: 'T1',
  event: { type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', ts: '1.2', text: 'fox' },
});
const payload = (value: unknown): string => `payload=${encodeURIComponent(JSON.stringify(value))}`;
const signed = (when: string, value: unknown, status = 200): BadSlackRequest => ({
  when,
  body: payload(value),
  contentType: FORM['content-type'],
  signature: 'valid',
  status,
});
const told = (when: string, body: string, status: number): BadSlackRequest => ({
  when,
  body,
  contentType: 'application/json',
  signature: 'valid',
  status,
});

/** By HTTP; 200 where Bolt confirms what Easel then leaves alone. */
export const BAD_SLACK_REQUESTS: readonly BadSlackRequest[] = [
  ...(['missing', 'stale', 'wrong'] as const).flatMap((signature) => [
    {
      when: `a command whose signature is ${signature}`,
      body: COMMAND,
      contentType: FORM['content-type'],
      signature,
      status: 401,
    },
    {
      when: `an event whose signature is ${signature}`,
      body: EVENT,
      contentType: 'application/json' as const,
      signature,
      status: 401,
    },
    {
      when: `nothing, with a signature that is ${signature}`,
      body: '',
      contentType: 'application/json' as const,
      signature,
      status: 401,
    },
  ]),
  told('nothing', '', 400),
  { ...told('a form of nothing', 'a=b', 400), contentType: FORM['content-type'] },
  told('null', 'null', 400),
  told('a list', '[]', 400),
  told('a number', '7', 400),
  told('a string', '"x"', 400),
  told('half an object', '{"type":', 400),
  told('an empty object', '{}', 400),
  told('an event without an event', '{"type":"event_callback"}', 400),
  told('an event that is text', '{"type":"event_callback","event":"x"}', 400),
  told('an event that is null', '{"type":"event_callback","event":null}', 400),
  told('an event without a type', '{"type":"event_callback","event":{}}', 400),
  told('an unknown event', '{"type":"event_callback","event":{"type":"meteor"}}', 200),
  told('a message of nobody', '{"type":"event_callback","event":{"type":"message"}}', 200),
  told(
    'a message of numbers',
    '{"type":"event_callback","event":{"type":"message","channel":1,"ts":2,"text":3}}',
    200,
  ),
  signed('an interaction of nothing', {}, 400),
  signed('an unknown interaction', { type: 'meteor' }, 404),
  signed('a button of null', { type: 'block_actions', actions: [null] }, 400),
  signed('a form of text', { type: 'view_submission', view: 'x' }, 400),
  signed('a button without actions', { type: 'block_actions', actions: [] }, 400),
  signed('a form without a view', { type: 'view_submission' }, 400),
  signed('a shortcut nobody made', { type: 'shortcut', callback_id: 'x', user: { id: 'U1' } }, 404),
  { ...signed('a payload that is null', null, 400) },
  { ...signed('a payload that is a list', [], 400) },
  { ...signed('half a payload', {}, 400), body: 'payload=%7B%22type' },
];

/** Data of interactions that Discord would not send; `says` where a person is told something. */
export const BAD_INTERACTIONS: readonly {
  readonly when: string;
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly says?: string;
}[] = [
  ...[
    'nonsense',
    'v1:',
    'v2:cancel:1',
    'v1:cancel:',
    'v1:../cancel:1',
    'v1:cancel:1:2',
    'V1:cancel:1',
    `v1:cancel:${'x'.repeat(65)}`,
    'x'.repeat(4000),
    '',
    '@everyone',
    'v1:cancel:\n1',
  ].map((custom_id) => ({
    when: `a button with the id ${JSON.stringify(custom_id.slice(0, 80))}`,
    type: 3,
    data: { custom_id, component_type: 2 },
    says: 'from another version of Easel',
  })),
  ...[
    ['v1:rm:1', 'There is no command /rm'],
    ['v1:constructor:1', 'There is no command /constructor'],
    ['v1:cancel:nothing', 'There is nothing of yours'],
    ['v1:retry:nothing', 'There is nothing of yours'],
    ['v1:imagine:nothing', 'has no option “job”'],
    ['v1:help:nothing', 'There is no option “job”'],
  ].map(([custom_id, says = '']) => ({
    when: `the button ${custom_id}`,
    type: 3,
    data: { custom_id, component_type: 2 },
    says,
  })),
  { when: 'an unknown kind', type: 99, data: {} },
  { when: 'an unknown kind of button', type: 3, data: { custom_id: 'v1:x:1', component_type: 99 } },
  {
    when: 'a form nobody opened',
    type: 5,
    data: { custom_id: 'x', components: [] },
    says: 'from another version of Easel',
  },
  { when: 'an unknown kind of command', type: 2, data: { id: '1', name: 'imagine', type: 99 } },
  {
    when: 'an unknown command',
    type: 2,
    data: { id: '1', name: 'rm', type: 1, options: [] },
    says: 'There is no command /rm',
  },
  {
    when: 'a command from the prototype',
    type: 2,
    data: { id: '1', name: 'constructor', type: 1, options: [] },
    says: 'There is no command /constructor',
  },
  {
    when: 'a command without options',
    type: 2,
    data: { id: '1', name: 'imagine', type: 1 },
    says: '“prompt” is needed',
  },
];
