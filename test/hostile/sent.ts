import { deflateRawSync, gzipSync } from 'node:zlib';
import { png } from '../browser/picture.ts';

const KB = 1024;

/** A file sent to one's own conversation. */
export interface Sent {
  readonly name: string;
  readonly filename: string;
  readonly bytes: Buffer;
  readonly type?: string;
}

const picture = png(2, 2, [1, 2, 3]);
/** 40 MB of nothing in a few KB: an archive that would only hurt whoever opens it. */
function bomb(): Buffer {
  const packed = deflateRawSync(Buffer.alloc(40 * KB * KB));
  const name = Buffer.from('word/document.xml');
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(40 * KB * KB, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name, packed]);
}

const NAMES = [
  '../../etc/passwd.png',
  '..\\..\\x.png',
  '/etc/x.png',
  'a\0b.png',
  `${'长'.repeat(300)}.png`,
  'CON',
  'NUL.png',
  '.htaccess',
  '😀.png',
  '',
  '.',
  '..',
  'a\r\nSet-Cookie: x=1.png',
  '\u202egnp.exe',
  'x.png.html',
  'x.svg',
  '%2e%2e%2fx.png',
  '"; filename="x.html',
  '<img src=x onerror=alert(1)>.png',
  "';DROP TABLE messages;--.png",
  '\ud800.png',
  '__proto__',
  'a'.repeat(5000),
];
const BYTES: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a program', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
  ['an ELF', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
  ['a zip bomb', bomb()],
  ['gzip', gzipSync('x')],
  ['9 MB', Buffer.alloc(9 * KB * KB, 1)],
  ['a picture with a page behind it', Buffer.concat([picture, Buffer.from('<script>alert(1)</script>')])],
  ['a GIF that is a script', Buffer.from('GIF89a/*\0\0\0\0\0*/=1;alert(1)//', 'latin1')],
  ['a PDF with JavaScript', Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj')],
  ['half a picture', picture.subarray(0, 20)],
  ['zeros', Buffer.alloc(5000)],
];

export const SENT: readonly Sent[] = [
  ...NAMES.map((filename) => ({ name: `named ${JSON.stringify(filename.slice(0, 30))}`, filename, bytes: picture })),
  ...BYTES.map(([name, bytes]) => ({ name, filename: 'x.png', bytes, type: 'image/png' })),
];
