import { isMap, isSeq, parseDocument, type Node } from 'yaml';

/** Pieces of a YAML list or map, in order: what stands before an item or key, and itself to the end of its last line. */
export interface YamlPieces {
  readonly head: string;
  readonly pieces: readonly { readonly lead: string; readonly body: string }[];
}

/** Cuts a YAML text between its items or keys; null where it is not written in block style, one line or more to each. */
export function cutYaml(text: string): YamlPieces | null {
  const { contents } = parseDocument(text);
  if (!(isSeq(contents) || isMap(contents)) || contents.flow === true) return null;
  const spans: { from: number; to: number }[] = [];
  for (const item of contents.items) {
    const { first, last } = endsOf(item);
    if (!first?.range || !last?.range) return null;
    const from = text.lastIndexOf('\n', first.range[0] - 1) + 1;
    const end = text.indexOf('\n', Math.max(from, last.range[1] - 1));
    const to = end === -1 ? text.length : end + 1;
    const begins = isSeq(contents) ? /^\s*-\s/.test(text.slice(from)) : first.range[0] === from;
    if (!begins || from < (spans.at(-1)?.to ?? 0)) return null;
    spans.push({ from, to });
  }
  const [first] = spans;
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return null;
  const pieces = spans.map(({ from, to }, index) => ({
    lead: index === 0 ? '' : text.slice(spans[index - 1]?.to, from),
    body: index === spans.length - 1 ? text.slice(from) : text.slice(from, to),
  }));
  return { head: text.slice(0, first.from), pieces };
}

function endsOf(item: unknown): { first: Node | null; last: Node | null } {
  if (item !== null && typeof item === 'object' && 'key' in item) {
    const { key, value } = item as { key: Node | null; value?: Node | null };
    return { first: key, last: value ?? key };
  }
  return { first: item as Node | null, last: item as Node | null };
}
