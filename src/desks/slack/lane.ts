/**
 * The words for the customer in a message of the thread, or null where it is the team's own talk. A full-width colon
 * counts as a half-width one. Only the beginning of the message decides; Slack puts a quote's sign before each line.
 */
export function forCustomer(text: string, prefixes: readonly string[]): string | null {
  const even = (words: string): string => words.replaceAll('：', ':').replaceAll('＞', '>');
  const begun = text.trimStart();
  const prefix = prefixes.find((one) => one !== '' && even(begun).startsWith(even(one)));
  if (prefix === undefined) return null;
  const words = begun.slice(prefix.length);
  return (prefix === '>' ? words.replace(/^[>＞] ?/gm, '') : words).trim();
}
