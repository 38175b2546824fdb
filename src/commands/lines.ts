import { createInterface } from 'node:readline';

/** The lines of stdin, to its end. */
export async function* linesOfStdin(): AsyncGenerator<string> {
  const reader = createInterface({ input: process.stdin, crlfDelay: Infinity, terminal: false });
  for await (const line of reader) yield line;
}
