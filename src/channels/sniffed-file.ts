import { fileTypeFromBuffer } from 'file-type';
import type { AttachmentKind } from '../core/message.ts';
import { oneLine } from './words.ts';

export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SniffedFile extends SentFile {
  readonly kind: AttachmentKind;
  readonly contentType: string;
}

const office = 'application/vnd.openxmlformats-officedocument';
/** What a customer may send, by what the bytes are: [kind, ending]. Nothing in here can run in a browser. */
const ALLOWED: ReadonlyMap<string, readonly [AttachmentKind, string]> = new Map([
  ['image/png', ['image', 'png']],
  ['image/apng', ['image', 'png']],
  ['image/jpeg', ['image', 'jpg']],
  ['image/gif', ['image', 'gif']],
  ['image/webp', ['image', 'webp']],
  ['image/heic', ['image', 'heic']],
  ['image/heif', ['image', 'heif']],
  ['application/pdf', ['file', 'pdf']],
  [`${office}.wordprocessingml.document`, ['file', 'docx']],
  [`${office}.spreadsheetml.sheet`, ['file', 'xlsx']],
  [`${office}.presentationml.presentation`, ['file', 'pptx']],
  ['application/msword', ['file', 'doc']],
  ['application/vnd.ms-excel', ['file', 'xls']],
  ['application/vnd.ms-powerpoint', ['file', 'ppt']],
  ['audio/amr', ['voice', 'amr']],
  ['audio/mpeg', ['voice', 'mp3']],
  ['audio/x-m4a', ['voice', 'm4a']],
  ['audio/mp4', ['voice', 'm4a']],
  ['audio/wav', ['voice', 'wav']],
  ['video/mp4', ['video', 'mp4']],
]);
/** Word, Excel and PowerPoint of before 2007 share one container; only the name tells them apart. */
const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};

/** Looks at the bytes, never at the declared type. Null for what is not on the list. */
export async function sniff(file: SentFile): Promise<SniffedFile | null> {
  const found = (await fileTypeFromBuffer(file.bytes))?.mime;
  const ending = /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const contentType =
    found === 'application/x-cfb' && Object.hasOwn(OLD_OFFICE, ending) ? (OLD_OFFICE[ending] ?? '') : (found ?? '');
  const allowed = ALLOWED.get(contentType);
  if (!allowed) return null;
  return { bytes: file.bytes, kind: allowed[0], contentType, name: safeName(file.name, allowed[1]) };
}

/** No folders, no controls, and the ending its bytes deserve. */
function safeName(name: string, ending: string): string {
  const base = oneLine(name.split(/[\\/]/).at(-1) ?? '', 200)
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '');
  const stem = oneLine(base.replace(/\.[^.]{1,8}$/, ''), 80);
  return `${stem || 'file'}.${ending}`;
}
