import { attempt } from '../test/privacy/attempts.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { measureTelling } from './attempts/telling.ts';

/**
 * `node bench/attempts.ts [N] [--seed S]`: N (5,000) attempts to read another's parcel on the shipped program, then how long a wrong proof
 * and an unknown waybill take. Exits 1 where anything was read, or where the two differ in words.
 */
const { values, positionals } = readArguments(import.meta.filename, {
  allowPositionals: true,
  options: { seed: { type: 'string' } },
});
const count = wholeNumber(positionals[0], 5000);
const seed = wholeNumber(values.seed, 1);

process.env['TZ'] = 'Asia/Shanghai';
const began = performance.now();
const found = await attempt(count, seed);
const seconds = (performance.now() - began) / 1000;
console.log(`seed ${seed}: ${count} attempts in ${seconds.toFixed(0)} s, ${found.read} replies and answers read`);
for (const [kind, n] of Object.entries(found.attempts)) console.log(`  ${kind}: ${n}`);
console.log(`foreign fields: ${found.leaks.length}`);
for (const leak of found.leaks.slice(0, 20)) console.log(`  ${leak}`);
console.log(
  `talks about a parcel that is there and one that is not: ${found.twins}; that differ: ${found.told.length}`,
);
for (const told of found.told.slice(0, 5)) console.log(told);
console.log(`most wrong proofs of a waybill: ${found.mostWrong}; let in after that: ${found.letIn}`);
console.log(`most parcels that one person was asked to prove: ${found.mostParcels}`);
console.log(
  `owners who read of their own parcel: ${found.owners}; calls of the adversarial model: ${found.modelCalls}`,
);
console.log(`errors logged: ${found.errors.length}`);
for (const error of found.errors.slice(0, 5)) console.log(`  ${error.slice(0, 300)}`);

const { there, ghost, z } = await measureTelling(Math.min(1000, Math.max(100, count / 5)), seed);
console.log(
  `reply to a wrong proof: median ${there.toFixed(2)} ms; to an unknown waybill: ${ghost.toFixed(2)} ms; ratio ${(there / ghost).toFixed(3)}, rank test z ${z.toFixed(2)}`,
);
const broken =
  found.leaks.length + found.told.length + found.letIn > 0 || found.mostWrong > 5 || found.mostParcels > 10;
process.exit(broken ? 1 : 0);
