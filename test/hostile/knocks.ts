import type { Asked } from './door.ts';
import { deep } from './posted.ts';

/** A request that nobody should make. */
export interface Knock {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly asked?: Asked;
}

const knock = (method: string, path: string, asked: Asked = {}, name = `${method} ${path.slice(0, 60)}`): Knock => ({
  name,
  method,
  path,
  asked,
});
const PATHS = [
  '/../../etc/passwd',
  '/..%2f..%2fetc/passwd',
  '/assets/../../package.json',
  '/assets/..%2f..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%5c..%5cpackage.json',
  '/assets/%00',
  '/assets/x%00.js',
  '/%',
  '/%c0%ae%c0%ae/',
  '/assets/%E0%A4%A',
  '/desk/../api/tickets',
  '//evil.example/',
  '/\\evil.example',
  `/${'a'.repeat(8000)}`,
  '/.env',
  '/.git/config',
  '/data/yingsheng.db',
  '/desk.html',
  '/index.html',
  '/?visit=<script>',
  '/__proto__',
  '/constructor',
  '/api/__proto__',
  '/v3/directline/constructor',
  '/v3/directline/attachments/../../x',
  '/v3/directline/attachments/%00/%00',
  '/%F0%9F%98%80',
];
const MARKS = [
  '-1',
  '1e9',
  '99999999999999999999999999',
  'abc',
  '',
  '-',
  '1;DROP',
  '%00',
  '１',
  '0x10',
  'NaN',
  '1&watermark=2',
  `${'9'.repeat(5000)}`,
];
const none = (claims: object): string =>
  `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
const TOKENS = [
  '',
  'x',
  'undefined',
  'a.b.c',
  '....',
  none({ conv: 'x', user: 'x', use: 'token', exp: 9e9 }),
  none({ aud: 'app', iss: 'https://api.botframework.com' }),
  'x'.repeat(9000),
  'Bearer x',
  '%00',
  'null',
];
const DESK_PATHS = ['claim', 'reply', 'note', 'transfer', 'resolve', 'reopen', 'reveal'];

/** `conversation`: one's own; `desk`: the desk's token, for what an agent's page could send. */
export function knocks(conversation: string, desk: string): readonly Knock[] {
  const own = `/v3/directline/conversations/${conversation}`;
  const deskBody = (body: unknown): Asked => ({ token: desk, body });
  return [
    ...PATHS.map((path) => knock('GET', path)),
    ...['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'POST'].flatMap((method) =>
      ['/', '/desk', '/healthz', '/api/tickets', own].map((path) => knock(method, path)),
    ),
    knock('GET', '/v3/directline/tokens/generate'),
    knock('GET', '/api/messages'),
    knock('GET', '/slack/events'),
    ...TOKENS.flatMap((token) => [
      knock(
        'GET',
        `${own}/activities`,
        { headers: { authorization: `Bearer ${token}` } },
        `a token ${token.slice(0, 20)}`,
      ),
      knock(
        'GET',
        '/api/tickets',
        { headers: { authorization: `Bearer ${token}` } },
        `a desk token ${token.slice(0, 20)}`,
      ),
      knock(
        'POST',
        '/v3/directline/tokens/refresh',
        { headers: { authorization: `Bearer ${token}` } },
        `a token to renew ${token.slice(0, 20)}`,
      ),
      knock(
        'POST',
        '/api/messages',
        { headers: { authorization: `Bearer ${token}`, origin: 'https://evil.example' }, body: { type: 'message' } },
        `a Bot Framework token ${token.slice(0, 20)}`,
      ),
    ]),
    ...MARKS.map((mark) =>
      knock(
        'GET',
        `${own}/stream?watermark=${encodeURIComponent(mark)}&t=x`,
        {},
        `a stream’s watermark ${mark.slice(0, 20)}`,
      ),
    ),
    ...['https://evil.example', 'null', 'file://', 'http://127.0.0.1.evil.example'].flatMap((origin) => [
      knock(
        'OPTIONS',
        `${own}/activities`,
        { headers: { origin, 'access-control-request-method': 'POST' } },
        `a page of ${origin} asks to post`,
      ),
      knock(
        'POST',
        '/api/messages',
        {
          headers: { origin },
          body: {
            type: 'message',
            channelId: 'emulator',
            conversation: { id: 'x' },
            from: { id: 'x' },
            recipient: { id: 'y' },
            serviceUrl: 'http://127.0.0.1:9/',
            text: 'x',
          },
        },
        `a page of ${origin} writes`,
      ),
    ]),
    ...[
      'http://169.254.169.254/',
      'https://evil.example/',
      'http://127.0.0.1@evil.example/',
      'file:///etc/passwd',
      'x',
      '',
    ].map((serviceUrl) =>
      knock(
        'POST',
        '/api/messages',
        {
          body: {
            type: 'message',
            id: '1',
            channelId: 'emulator',
            conversation: { id: 'x' },
            from: { id: 'x' },
            recipient: { id: 'y' },
            serviceUrl,
            text: 'x',
          },
        },
        `an answer wanted at ${serviceUrl}`,
      ),
    ),
    ...[
      null,
      [],
      {},
      'x',
      { type: 'message', conversation: null },
      {
        type: 'message',
        channelId: 'x'.repeat(500),
        serviceUrl: 'http://127.0.0.1:9/',
        conversation: { id: '\0'.repeat(300) },
        from: {},
        recipient: {},
        text: {},
      },
    ].map((body, nth) => knock('POST', '/api/messages', { body: JSON.stringify(body) }, `an activity, wrong ${nth}`)),
    ...['conversation', 'from', 'attachments', 'entities', 'channelData', 'value'].map((field) =>
      knock(
        'POST',
        '/api/messages',
        {
          body: `{"type":"message","id":"d","channelId":"emulator","serviceUrl":"http://127.0.0.1:9/","conversation":{"id":"d"},"from":{"id":"x"},"recipient":{"id":"y"},"text":"x","${field}":{"id":"d","x":${deep(60_000, '[', ']')}}}`,
        },
        `an activity with a deep ${field}`,
      ),
    ),
    ...[{}, [], 'x', { user: 5 }, { user: { id: 'dl_../..', name: '<script>' } }, { user: { id: {}, name: [] } }].map(
      (body, nth) =>
        knock('POST', '/v3/directline/tokens/generate', { body: JSON.stringify(body) }, `a person, wrong ${nth}`),
    ),
    ...DESK_PATHS.flatMap((act) =>
      [
        {},
        [],
        'x',
        null,
        { agent: {}, text: 1 },
        { agent: '8001', text: 'x'.repeat(5000), reason: 1, result: {}, desk: '__proto__', field: '__proto__' },
        { agent: '8001', text: 'x', reason: 'x', result: 'x', desk: 'constructor', field: 'constructor' },
      ].map((body, nth) =>
        knock('POST', `/api/tickets/T-1/${act}`, deskBody(JSON.stringify(body)), `the desk’s ${act}, wrong ${nth}`),
      ),
    ),
    ...['x', '%00', '..%2f', 'T-99999999', '__proto__', "T-1'--", 'x'.repeat(3000)].map((id) =>
      knock('GET', `/api/tickets/${id}`, { token: desk }),
    ),
    ...[
      'status=x',
      'status[]=open',
      'status[a]=b',
      'limit=-1',
      'limit=1e9',
      'limit=x',
      `q=${'x'.repeat(300)}`,
      'desk=%00',
      'q=%25_%5c',
      '__proto__[x]=1',
      'q=a&q=b',
    ].map((query) => knock('GET', `/api/tickets?${query}`, { token: desk })),
    knock(
      'POST',
      '/api/tickets/T-1/reply',
      deskBody(`{"agent":"8001","text":"${'x'.repeat(70_000)}"}`),
      'a desk body of 70 KB',
    ),
    knock('POST', '/api/tickets/T-1/reply', deskBody(deep(30_000, '[', ']')), 'a desk body 30,000 deep'),
    knock(
      'POST',
      '/api/tickets/T-1/reply',
      { token: desk, body: '{', headers: { 'content-type': 'text/plain' } },
      'half a desk body',
    ),
    knock(
      'GET',
      `${own}/activities`,
      { headers: { 'x-forwarded-host': 'evil.example"><script>', 'x-forwarded-proto': 'javascript' } },
      'forged forwarding',
    ),
    knock('GET', '/', { headers: { host: 'evil.example' } }, 'another host'),
    knock('GET', '/', { headers: { cookie: 'x'.repeat(7000) } }, 'a long cookie'),
    knock('GET', '/', { headers: { cookie: 'x'.repeat(20_000) } }, 'a cookie that is too long'),
  ];
}
