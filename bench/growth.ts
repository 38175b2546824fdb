/**
 * What a message costs after a long past and beside a large FAQ, and what the desk's looks cost: each as times of the smallest.
 * The processor's time a message is the figure; it does not depend on what else the machine does. `node bench/growth.ts [--short]`
 */
import { readArguments } from './arguments.ts';
import { makeHouse, startHouse, TOKEN } from './load/house.ts';
import { makeFaq, makePast } from './load/past.ts';
import { measure } from './load/phase.ts';

const { values } = readArguments(import.meta.filename, { options: { short: { type: 'boolean' } } });
const pasts = values.short ? [10, 1000] : [10, 1000, 100_000];
const faqs = values.short ? [10, 500] : [10, 20_000];
const ms = values.short ? 2000 : 15_000;
const LOOKS = ['/api/tickets', '/api/desks', '/metrics'];

interface Figures {
  readonly cpu: number;
  readonly p50: number;
  /** ms, by path */
  readonly looks: readonly number[];
}

async function figuresOf(past: number, faq: number): Promise<Figures> {
  const house = makeHouse();
  try {
    await makePast(house, past);
    makeFaq(house, faq);
    const program = await startHouse(house);
    try {
      const phase = { url: program.url, to: 'directline', clients: 16, ms } as const;
      await measure({ ...phase, warmUpMs: 0 });
      const before = program.cpu();
      const { asked, p50 } = await measure({ ...phase, first: 16, warmUpMs: 0 });
      const cpu = ((program.cpu() - before) * 1000) / asked;
      const looks: number[] = [];
      for (const path of LOOKS) looks.push(await look(program.url + path));
      return { cpu, p50, looks };
    } finally {
      await program.end();
    }
  } finally {
    house.remove();
  }
}

/** The quickest of ten, in ms: what it must cost. */
async function look(url: string): Promise<number> {
  const times: number[] = [];
  for (let nth = 0; nth < 10; nth++) {
    const began = performance.now();
    const response = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
    await response.text();
    if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

function print(name: string, figures: Figures, least: Figures): void {
  const column = (one: number, base: number): string => `${one.toFixed(2)} (${(one / base).toFixed(2)}x)`.padStart(17);
  const looks = figures.looks.map((one, nth) => column(one, least.looks[nth] ?? NaN));
  process.stdout.write(
    `${name.padEnd(30)}${column(figures.cpu, least.cpu)}${column(figures.p50, least.p50)}${looks.join('')}\n`,
  );
}

process.stdout.write(
  `${''.padEnd(30)}${['cpu ms/msg', 'p50 ms', ...LOOKS.map((path) => `${path} ms`)].map((name) => name.padStart(17)).join('')}\n`,
);
let least: Figures | undefined;
for (const past of pasts) {
  const figures = await figuresOf(past, 10);
  print(`${past} past conversations`, figures, (least ??= figures));
}
for (const faq of faqs.slice(1)) {
  const figures = await figuresOf(10, faq);
  print(`${faq} FAQ entries more`, figures, least ?? figures);
}
