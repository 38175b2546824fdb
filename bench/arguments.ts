import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';

type Arguments<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T & { allowPositionals: true }>>;

/**
 * What a bench was called with, as `parseArgs` gives it. `bench`: its file; `--help` prints the first comment there, which says what is measured and how it is
 * called. An argument it does not know ends it with one sentence and exit code 2.
 */
export function readArguments<const T extends ParseArgsConfig>(bench: string, config: T): Arguments<T> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${about(bench)}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ allowPositionals: false, ...config }) as Arguments<T>;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

/** A whole number from 0 on. */
export function wholeNumber(text: string | undefined, otherwise: number): number {
  const number = Number(text ?? otherwise);
  return Number.isInteger(number) && number >= 0 ? number : refuse(`not a whole number: ${text}`);
}

function refuse(why: string): never {
  process.stderr.write(`${why}\n--help tells how this is called\n`);
  process.exit(2);
}

function about(bench: string): string {
  const [, comment = ''] = /^\/\*\*(.*?)\*\//ms.exec(readFileSync(bench, 'utf8')) ?? [];
  return comment.replace(/^ ?\* ?/gm, '').trim();
}
