import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Code } from './codes.ts';
import { say, type Problem } from './problem.ts';
import type { Place } from './knowledge.ts';

/** Takes note of what is wrong at a place. */
export type Report = (place: Place, code: Code, message: Problem['message']) => void;

/** One folder of the administrator's; every file read through it stays inside it. */
export interface Folder {
  /** As given on the command line. */
  readonly root: string;
}

/** A file as read: `path` as shown to people, text without BOM. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export const YAML_BYTES = 5 * 1024 * 1024;
export const CSV_BYTES = 50 * 1024 * 1024;

/** Relative to where the command was started when it lies below, with `/` on every system. */
export function shownPath(root: string, name = ''): string {
  const joined = path.join(root, name);
  const relative = path.relative('', joined);
  const shown = path.isAbsolute(joined) && !relative.startsWith('..') ? relative || '.' : joined;
  return shown.split(path.sep).join('/');
}

export function startOf(file: string): Place {
  return { file, line: 1, column: 1 };
}

/** Names (with `/`) of the files right in `sub`, sorted; hidden files and editors' backups left out. Reports a folder that cannot be read; with `optional`, one that is missing has no files. */
export async function listFiles(
  folder: Folder,
  sub: string,
  extensions: readonly string[],
  report: Report,
  optional = false,
): Promise<string[]> {
  try {
    const entries = await readdir(path.join(folder.root, sub));
    return entries
      .filter((name) => !name.startsWith('.') && extensions.includes(path.extname(name).toLowerCase()))
      .sort()
      .map((name) => path.posix.join(sub, name));
  } catch (error) {
    if (!(optional && isMissing(error))) reportUnreadable(error, shownPath(folder.root, sub), report);
    return [];
  }
}

/** The text of a file, or null after reporting why there is none. With `optional`, a file that is missing is not reported. */
export async function readText(
  folder: Folder,
  name: string,
  limit: number,
  report: Report,
  optional = false,
): Promise<TextFile | null> {
  const full = path.join(folder.root, name);
  const shown = shownPath(folder.root, name);
  const place = startOf(shown);
  try {
    const [home, real] = await Promise.all([realpath(folder.root), realpath(full)]);
    if (real !== home && !real.startsWith(home + path.sep)) {
      report(
        place,
        'outside-folder',
        say(
          '这个文件指向资料文件夹之外，请把文件本身放进文件夹',
          'this file leads out of the folder; put the file itself into the folder',
        ),
      );
      return null;
    }
    const about = await stat(real);
    if (!about.isFile()) {
      report(
        place,
        'not-a-file',
        say(
          '这里应当是一个文件，请改名或移走这个文件夹',
          'a file is expected here; rename or move what stands in its place',
        ),
      );
      return null;
    }
    if (about.size > limit) {
      const megabytes = limit / 1024 / 1024;
      report(
        place,
        'file-too-large',
        say(
          `文件超过 ${megabytes} MB，请拆成几个小文件`,
          `the file is larger than ${megabytes} MB; split it into smaller files`,
        ),
      );
      return null;
    }
    return decode(await readFile(real), shown, report);
  } catch (error) {
    if (!(optional && isMissing(error))) reportUnreadable(error, shown, report);
    return null;
  }
}

function decode(bytes: Buffer, shown: string, report: Report): TextFile | null {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = utf8.decode(bytes);
    return reportControls(text, shown, report) ? null : { path: shown, text };
  } catch {
    let line = 1;
    for (let start = 0; start < bytes.length; line++) {
      const end = bytes.indexOf(10, start);
      const stop = end === -1 ? bytes.length : end;
      try {
        utf8.decode(bytes.subarray(start, stop));
      } catch {
        break;
      }
      start = stop + 1;
    }
    report(
      { file: shown, line, column: 1 },
      'not-utf8',
      say(
        '文件不是 UTF-8 编码，请在编辑器（或 Excel）中另存为 UTF-8',
        'the file is not UTF-8; save it as UTF-8 in your editor (or Excel)',
      ),
    );
    return null;
  }
}

/** UTF-16 without its mark, or a broken copy, is full of these; no editor writes them into text. */
function reportControls(text: string, shown: string, report: Report): boolean {
  const at = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/);
  if (at === -1) return false;
  const before = text.slice(0, at).split('\n');
  report(
    { file: shown, line: before.length, column: (before.at(-1) ?? '').length + 1 },
    'control-character',
    say(
      '这里有看不见的控制字符（可能是 UTF-16 编码或文件损坏），请另存为 UTF-8',
      'there is an invisible control character here (UTF-16, or a damaged file); save it as UTF-8',
    ),
  );
  return true;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function reportUnreadable(error: unknown, shown: string, report: Report): void {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    report(startOf(shown), 'missing-file', say(`找不到 ${shown}，请补上`, `there is no ${shown}; please add it`));
  } else {
    const reason = code ?? 'unknown';
    report(
      startOf(shown),
      'unreadable',
      say(
        `无法读取 ${shown}（${reason}），请检查文件和权限`,
        `${shown} cannot be read (${reason}); check the file and its permissions`,
      ),
    );
  }
}
