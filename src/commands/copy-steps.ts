import type { CopySteps } from '../store/copy-database.ts';
import { createProgress, type Progress } from './progress.ts';

/** What takes longer than this is shown; ms. */
const QUIET = 2000;

/** Shows on stderr how far a copy has come, once it takes long enough for a person to wonder. */
export function copySteps(): CopySteps {
  const began = performance.now();
  let shown: Progress | undefined;
  return {
    copied(done, total) {
      if (performance.now() - began < QUIET) return;
      shown ??= createProgress('正在复制 (copying, pages)', total);
      shown.tell(done);
    },
    checking() {
      shown?.end();
      if (performance.now() - began >= QUIET) process.stderr.write('正在检查 (checking every page)\n');
    },
  };
}
