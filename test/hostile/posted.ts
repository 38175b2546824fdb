import { gzipSync } from 'node:zlib';
import { VECTORS } from './vectors.ts';

/** A body posted to one's own conversation: it is answered, or refused in words. */
export interface Posted {
  readonly name: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const message = (name: string, text: unknown, more: object = {}): Posted => ({
  name,
  body: { type: 'message', from: { id: 'x' }, text, ...more },
});
const raw = (name: string, body: Buffer | string, headers: Readonly<Record<string, string>> = {}): Posted => ({
  name,
  body,
  headers: { 'content-type': 'application/json', ...headers },
});
const KB = 1024;
const fill = (unit: string, bytes: number): string => unit.repeat(Math.floor(bytes / Buffer.byteLength(unit)));
/** As much text as the door takes in one message. */
const MUCH = 250 * KB;
const JSON_OF = (text: string): string => JSON.stringify({ type: 'message', text });

const TOWERS = [
  '\u0300',
  '\u0300\u0316',
  '\u0334\u0301\u0327\u0316',
  '\u0315\u0300\u05ae',
  '\u0e49',
  '\u20dd',
  '\ufe0f',
  '\u{1d165}',
];
const WIDE = ['ﷺ', '㍿', 'ﬃ', '㌖', '⑳', '𝟘𝟙𝟚', '㏂', 'ﷻﷺ', '½', '\u1f82', '가', '\u0344'];
const UNSEEN = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u180e',
  '\u115f',
  '\u{e0041}',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\ud800',
  '\udfff',
];
/** What patterns could stumble over, over and over: numbers, addresses, names, mail, brackets. */
const LONG = [
  '1',
  '1 ',
  '1-',
  '12345678 ',
  '一',
  '〇一',
  '2026-11-',
  '1,',
  '1.',
  '￥1',
  'a@',
  'a.',
  '@a',
  '省市区',
  '号楼',
  '先生',
  '我叫',
  '单号',
  '不是',
  ' ',
  '\t',
  '\n',
  '(',
  '[',
  '[a](',
  '*',
  '_',
  '`',
  '> ',
  '#',
  '|',
  '<a ',
  '&amp;',
  '\\',
  '尾号1234',
  'http://a.',
  '元',
  '公斤',
  '今天',
  '的',
  '？',
  '！',
  '😀',
  '👨‍👩‍👧',
];

export const deep = (levels: number, open: string, close: string, core = '1'): string =>
  `${open.repeat(levels)}${core}${close.repeat(levels)}`;

/** What is wrong with one field after another. */
const FIELDS = [
  'type',
  'text',
  'value',
  'locale',
  'from',
  'channelData',
  'attachments',
  'id',
  'conversation',
  'timestamp',
  'entities',
];
const WRONG: readonly unknown[] = [null, true, -1, 1e308, '', [], {}, [[]], { length: 1e9 }, 'x'.repeat(3000)];

const gbk = Buffer.from([0xb2, 0xe9, 0xbb, 0xf5]);
const around = (text: Buffer): Buffer =>
  Buffer.concat([Buffer.from('{"type":"message","text":"'), text, Buffer.from('"}')]);

export const POSTED: readonly Posted[] = [
  raw('no body', ''),
  raw('one blank', ' '),
  raw('10 MB of text', JSON_OF('货'.repeat(3_500_000))),
  raw('10 MB that says it is small', Buffer.alloc(10 * KB * KB, 0x20)),
  raw('a million lines', JSON_OF('\n'.repeat(1_000_000))),
  message('as many lines as the door takes', '\n1'.repeat(60_000)),
  message('no words', ''),
  message('only blanks', ' \t\n\u3000'.repeat(100)),
  ...TOWERS.map((mark) => message(`a tower of U+${mark.codePointAt(0)?.toString(16)}`, `a${fill(mark, MUCH)}`)),
  ...TOWERS.map((mark) =>
    message(
      `words under U+${mark.codePointAt(0)?.toString(16)}`,
      [...'查一下12345678的货到哪里了'].map((one) => one + mark.repeat(8)).join(''),
    ),
  ),
  ...WIDE.map((wide) => message(`${wide} that grows`, fill(wide, MUCH))),
  ...WIDE.map((wide) => message(`2,000 of ${wide}`, wide.repeat(2000))),
  ...UNSEEN.map((mark) => message(`a flood of ${JSON.stringify(mark)}`, fill(mark, MUCH / 2))),
  ...UNSEEN.map((mark) => message(`words with ${JSON.stringify(mark)}`, [...'查货12345678'].join(mark))),
  ...LONG.map((unit) => message(`nothing but ${JSON.stringify(unit)}`, unit.repeat(2000))),
  ...LONG.map((unit) =>
    message(`12345678 after ${JSON.stringify(unit)}`, `${unit.repeat(300)}12345678到哪了${unit.repeat(300)}`),
  ),
  message('bidi overrides', '\u202e了哪到87654321\u202c\u2067查货\u2069'),
  raw('GBK', around(gbk)),
  raw('GBK that says so', around(gbk), { 'content-type': 'application/json; charset=gbk' }),
  raw('UTF-16', Buffer.from(JSON_OF('查货'), 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }),
  raw('UTF-16 that does not say so', Buffer.from(JSON_OF('查货'), 'utf16le')),
  raw('a BOM', `\ufeff${JSON_OF('查货')}`),
  raw('invalid UTF-8', around(Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]))),
  raw('half a character', around(Buffer.from('查').subarray(0, 2))),
  raw('another character set', JSON_OF('查货'), { 'content-type': 'application/json; charset=klingon' }),
  raw('gzip', gzipSync(JSON_OF('查货')), { 'content-encoding': 'gzip' }),
  raw('a gzip bomb', gzipSync(Buffer.alloc(50 * KB * KB, 0x20)), { 'content-encoding': 'gzip' }),
  raw('broken gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]), { 'content-encoding': 'gzip' }),
  raw('an unknown encoding', JSON_OF('查货'), { 'content-encoding': 'zstd-9' }),
  raw('a form', 'text=1', { 'content-type': 'application/x-www-form-urlencoded' }),
  raw('XML', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', { 'content-type': 'text/xml' }),
  raw('no content type', JSON_OF('查货'), { 'content-type': '' }),
  raw('half JSON', '{"type":"message","text":"'),
  raw('two JSON', `${JSON_OF('a')}${JSON_OF('b')}`),
  raw('JSON with comments', '{"type":"message"/*x*/,"text":"a",}'),
  ...['null', '[]', '"text"', '0', 'true', 'NaN', '{}', '[{}]'].map((body) => raw(`the body ${body}`, body)),
  raw('lists 100,000 deep', deep(100_000, '[', ']')),
  ...['value', 'channelData', 'text', 'from', 'attachments', 'entities', 'other'].flatMap((field) => [
    raw(`${field} 60,000 lists deep`, `{"type":"message","${field}":${deep(60_000, '[', ']')}}`),
    raw(`${field} 30,000 objects deep`, `{"type":"message","${field}":${deep(30_000, '{"a":', '}')}}`),
  ]),
  raw('prototype keys', '{"type":"message","text":"a","__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}'),
  raw(
    'prototype keys within',
    '{"type":"message","text":"a","channelData":{"__proto__":{"clientActivityID":"x"},"toString":1},"from":{"__proto__":null}}',
  ),
  raw('duplicate keys', '{"type":"event","type":"message","text":"a","text":"查货"}'),
  raw(
    'huge numbers',
    '{"type":"message","text":"a","value":1e400,"channelData":{"attachmentSizes":[-1e999,9007199254740993]}}',
  ),
  raw(
    '10,000 keys',
    JSON.stringify({
      type: 'message',
      text: 'a',
      ...Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, n])),
    }),
  ),
  message('an endless value', '', { value: Array.from({ length: 20_000 }, (_, n) => n) }),
  ...FIELDS.flatMap((field) =>
    WRONG.map((value, nth) => message(`${field}, wrong ${nth}`, '查货', { [field]: value })),
  ),
  ...['typing', 'endOfConversation', 'conversationUpdate', 'invoke', '__proto__', 'x'.repeat(64)].map((type) =>
    message(`the type ${type}`, '查货', { type }),
  ),
  message('51 attachments', '', {
    attachments: Array.from({ length: 51 }, () => ({ contentUrl: 'data:;base64,', name: 'x' })),
  }),
  ...[
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'data:image/png,raw',
    'data:image/png;base64,!!!!',
    'javascript:alert(1)',
  ].map((contentUrl) =>
    message(`an attachment at ${contentUrl}`, '', {
      attachments: [{ contentType: 'image/png', contentUrl, name: 'x' }],
    }),
  ),
  message('an id of the client of 10,000 characters', '查货', {
    channelData: { clientActivityID: 'x'.repeat(10_000) },
  }),
  ...VECTORS.filter((_, nth) => nth % 8 === 0).map((vector) => message(`a script: ${vector.slice(0, 40)}`, vector)),
];
