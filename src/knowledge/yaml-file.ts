import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import type { Report, TextFile } from './files.ts';
import { startOf } from './files.ts';
import type { Place } from './knowledge.ts';
import type { Located, Path } from './located.ts';
import { say } from './problem.ts';
import { reportSchemaIssues } from './schema-problems.ts';

/** An alias used more often than this is a mistake, or a bomb. */
const MAX_ALIASES = 100;

/** Reads YAML against a schema; null after reporting everything that does not fit. `lineOffset`: lines of the file before `file.text`. */
export function readYaml<T>(file: TextFile, schema: z.ZodType<T>, report: Report, lineOffset = 0): Located<T> | null {
  const lines = new LineCounter();
  const document = parseSafely(file.text, lines);
  if (document === null) return reportTooDeep(startOf(file.path), report);
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: file.path, line: Math.max(1, line) + lineOffset, column: Math.max(1, col) };
  };
  if (reportYamlErrors(document, file.text, place, report) || reportTraps(document, place, report)) return null;
  if (document.contents === null) {
    report(
      startOf(file.path),
      'empty-file',
      say('文件是空的，请填写内容或删除文件', 'the file is empty; fill it in or delete it'),
    );
    return null;
  }
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    report(
      startOf(file.path),
      'too-many-aliases',
      say('别名（*名字）用得太多，请直接写出内容', 'too many aliases (*name); write the content out'),
    );
    return null;
  }
  const located = (value: T): Located<T> => ({
    file: file.path,
    value,
    at: (path) => place(startOffset(find(document, path).node)),
    keyAt: (path) => place(keyOffset(document, path)),
    inside: (path, line, column) => inside(file.text, find(document, path).node, line, column, place),
  });
  try {
    const parsed = schema.safeParse(plain);
    if (parsed.success) return located(parsed.data);
    reportSchemaIssues(parsed.error.issues, schema, plain, located(plain as T), report);
    return null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return reportTooDeep(startOf(file.path), report);
  }
}

/** Null where the file is nested so deeply that the stack ends before it does. */
function parseSafely(text: string, lineCounter: LineCounter): Document | null {
  try {
    // Not `silent`: a second document in the file is told only from `error` on.
    return parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function reportTooDeep(place: Place, report: Report): null {
  report(place, 'too-deep', say('嵌套得太深，请检查括号和缩进', 'nested too deeply; check brackets and indentation'));
  return null;
}

/** Follows a path through the tree as far as it is written down. */
function find(document: Document, path: Path): { node: Node | null; key: Node | null } {
  let node = document.contents;
  let key: Node | null = null;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(part));
      if (!pair) break;
      key = pair.key as Node;
      node = (pair.value as Node | null) ?? key;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as Node | undefined;
      if (!item) break;
      node = item;
      key = item;
    } else break;
  }
  return { node, key };
}

function startOffset(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function keyOffset(document: Document, path: Path): number {
  const { node, key } = find(document, path);
  return startOffset(key ?? node);
}

function inside(
  text: string,
  node: Node | null,
  line: number,
  column: number,
  place: (offset: number) => Place,
): Place {
  const start = startOffset(node);
  const type = isScalar(node) ? node.type : undefined;
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') {
    const quote = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0;
    const at = place(start);
    return line === 1 ? { ...at, column: at.column + quote + column - 1 } : { ...at, line: at.line + line - 1 };
  }
  const at = place(start);
  const body = text.slice(text.indexOf('\n', start) + 1);
  const indent = /^ */.exec(body.split('\n')[line - 1] ?? '')?.[0].length ?? 0;
  return { ...at, line: at.line + line, column: indent + column };
}

/** What YAML reads otherwise than it looks: true when something was reported. */
function reportTraps(document: Document, place: (offset: number) => Place, report: Report): boolean {
  let told = false;
  const tell = (node: Node, code: 'leading-zero' | 'merge-key' | 'bad-yaml', zh: string, en: string): void => {
    told = true;
    report(place(startOffset(node)), code, say(zh, en));
  };
  const anchors = new Set<string>();
  visit(document, {
    Value(_key, node) {
      if (node.anchor) anchors.add(node.anchor);
    },
    Alias(_key, node) {
      if (!anchors.has(node.source))
        tell(
          node,
          'bad-yaml',
          `*${node.source} 是别名，前面没有 &${node.source}；想写 * 就加引号`,
          `*${node.source} is an alias, but there is no &${node.source} before; quote a plain *`,
        );
    },
    Pair(_key, { key }) {
      if (isScalar(key) && key.value === '<<')
        tell(key, 'merge-key', '不支持用 << 并入别处的内容，请直接写出来', '<< is not supported; write the lines out');
    },
    Scalar(_key, node) {
      if (node.anchor) anchors.add(node.anchor);
      // 0081 without quotes is the number 81: not the agent's number, nor the waybill, that was meant.
      const source = node.source ?? '';
      if (typeof node.value === 'number' && /^[+-]?0\d/.test(source))
        tell(
          node,
          'leading-zero',
          `“${source}”会被当作数字而丢掉开头的 0，请加引号`,
          `"${source}" is read as a number and loses its leading 0; put it in quotes`,
        );
    },
  });
  return told;
}

/** True when something was reported. One broken bracket makes many errors, so only the first is told; each duplicate key is. */
function reportYamlErrors(document: Document, text: string, place: (offset: number) => Place, report: Report): boolean {
  let told = false;
  for (const error of document.errors) {
    if (error.code === 'DUPLICATE_KEY') {
      report(
        place(error.pos[0]),
        'duplicate-key',
        say('同一个键写了两次，请只保留一个', 'this key is written twice; keep one of them'),
      );
    } else if (!told) {
      told = true;
      reportYamlError(error, text, place, report);
    }
  }
  for (const warning of document.warnings) {
    report(
      place(warning.pos[0]),
      'yaml-tag',
      say(
        'YAML 把 ! 开头的内容当作标签，请给整段内容加引号',
        'YAML takes what begins with ! for a tag; put the whole value in quotes',
      ),
    );
  }
  return document.errors.length + document.warnings.length > 0;
}

function reportYamlError(error: YAMLError, text: string, place: (offset: number) => Place, report: Report): void {
  const at = place(error.pos[0]);
  if (error.code === 'RESOURCE_EXHAUSTION') {
    reportTooDeep(at, report);
    return;
  }
  if (error.code === 'TAB_AS_INDENT') {
    report(at, 'tab-indent', say('缩进用了制表符（Tab），请改成空格', 'a tab is used to indent; use spaces'));
    return;
  }
  const hint: Partial<Record<string, string>> = {
    BAD_INDENT: '缩进没有对齐',
    MISSING_CHAR: '缺少引号、括号或逗号',
    MULTILINE_IMPLICIT_KEY: '冒号前的内容写成了多行，可能漏了引号',
    BLOCK_AS_IMPLICIT_KEY: '内容里有“冒号加空格”，请给整段内容加引号',
    UNEXPECTED_TOKEN: '这里的符号不符合 YAML 写法',
    MULTIPLE_DOCS: '一个文件只能有一份文档，请删去 ---',
    BAD_ALIAS: '别名没有定义',
  };
  const [line = ''] = text.slice(text.lastIndexOf('\n', error.pos[0] - 1) + 1).split('\n');
  const mark = /^[\s-]*[\w-]+(：)/.exec(line)?.[1];
  if (mark !== undefined) {
    report(
      at,
      'bad-yaml',
      say('冒号要用英文的“:”，后面空一格，这里是中文的“：”', 'the colon is full-width; write ":" and a space'),
    );
    return;
  }
  const words = error.message.split('\n')[0] ?? error.code;
  report(
    at,
    'bad-yaml',
    say(
      `YAML 写法有误：${hint[error.code] ?? error.code}，请修改此处`,
      `not valid YAML: ${words.replace(/\.$/, '')}; please correct it here`,
    ),
  );
}
