/**
 * Plays schedules of the whole program above its drivers, each from one seed (see docs/reliability.md).
 *
 *   node bench/simulate.ts --seeds 20000 [--from N]   plays them; prints what each failing one found, exit 1 if any
 *   node bench/simulate.ts --seed N                   plays one and prints its story
 */
process.env['TZ'] = 'Asia/Shanghai';
import { readArguments, wholeNumber } from './arguments.ts';
import { createProgress } from '../src/commands/progress.ts';
import { simulatedDesk } from '../test/simulation/desk.ts';
import { simulate, watchRejections } from '../test/simulation/schedule.ts';

const { values } = readArguments(import.meta.filename, {
  options: { seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' } },
});

watchRejections();
const desk = await simulatedDesk();
if (values.seed !== undefined) {
  const run = await simulate(desk, wholeNumber(values.seed, 0));
  process.stdout.write(`${run.story.join('\n')}\n${run.hash}\n`);
  process.exitCode = run.problems.length > 0 ? 1 : 0;
} else {
  const [from, seeds] = [wholeNumber(values.from, 1), wholeNumber(values.seeds, 500)];
  const began = performance.now();
  const busy = process.cpuUsage();
  const progress = createProgress('schedules played', seeds);
  let failed = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { problems } = await simulate(desk, seed);
    progress.tell(seed - from + 1);
    if (problems.length === 0) continue;
    failed += 1;
    process.stdout.write(`seed ${seed}:\n${problems.map((what) => `  ${what}\n`).join('')}`);
  }
  progress.end();
  const seconds = (performance.now() - began) / 1000;
  const rate = (seeds / seconds).toFixed(1);
  const { user, system } = process.cpuUsage(busy);
  const each = ((user + system) / 1000 / seeds).toFixed(0);
  process.stdout.write(
    `${seeds} schedules from seed ${from} in ${seconds.toFixed(0)} s (${rate} a second, ${each} ms of processor time each): ${failed} failed\n`,
  );
  process.exitCode = failed > 0 ? 1 : 0;
}
