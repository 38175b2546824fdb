import { join } from 'node:path';
import { readKept, readLedger } from './kept.ts';
import { startLife, type Setting } from './life.ts';
import { pause } from './side.ts';
import type { Town } from './town.ts';
import { judge, type Verdict } from './verdict.ts';

/** ms. After the last answer: what would come twice has time to. */
const AFTERMATH = 1500;

/**
 * `quietMs`: nothing more is waited for when nothing has happened for so long.
 * One life is let be: it answers what is left and ends cleanly; then what was told, heard and kept is compared.
 */
export async function finish(setting: Setting, town: Town, quietMs: number): Promise<Verdict> {
  const last = startLife(setting);
  if (!(await last.ready)) throw new Error(`the program does not start again: see ${setting.logFile}`);
  await town.settled(quietMs);
  await pause(AFTERMATH);
  const reviews = await town.close();
  const code = await last.stop();
  const ledger = await readLedger(setting.dataDir);
  return judge(town.oracle, readKept(join(setting.dataDir, 'yingsheng.db')), [
    ...reviews,
    ...(code === 0 ? [] : [`the last life ended with ${code}`]),
    ...ledger.unaccounted.map((id) => `the ledger does not account for ${id}`),
    ...(ledger.waiting === 0 ? [] : [`the ledger has ${ledger.waiting} waiting`]),
  ]);
}
