import { findNumbers } from './find-numbers.ts';
import { read } from './reading.ts';

/** The words with this phone (digits alone) covered, however it is written; others stay. The same string where it is not there. */
export function coverPhone(text: string, phone: string): string {
  const reading = read(text);
  let covered = '';
  let done = 0;
  for (const { start, end, digits } of findNumbers(reading)) {
    const from = reading.starts[start] ?? 0;
    if (digits?.endsWith(phone) !== true || from < done) continue;
    covered += `${text.slice(done, from)}****`;
    done = reading.ends[end - 1] ?? text.length;
  }
  return done === 0 ? text : covered + text.slice(done);
}
