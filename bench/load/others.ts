import type { Connect } from './client.ts';
import { questionAt } from './questions.ts';

/** How ordinary people fare meanwhile; ms. */
export interface Fare {
  readonly answered: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

/** `people` ask at random moments, so many a second together, for `ms`. */
export async function fareOf(
  connect: Connect,
  url: string,
  { people, first, perSecond, ms }: { people: number; first: number; perSecond: number; ms: number },
): Promise<Fare> {
  const idle = [];
  for (let nth = 0; nth < people; nth++) idle.push(await connect(url, first + nth));
  const all = [...idle];
  const times: number[] = [];
  const running = new Set<Promise<void>>();
  let failed = 0;
  const until = performance.now() + ms;
  for (let next = performance.now(), nth = 0; next < until; nth++) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(next - performance.now(), 0)));
    const client = idle.shift();
    if (client === undefined) failed++;
    else {
      const began = performance.now();
      const work = client
        .ask(questionAt(nth))
        .then(
          () => void times.push(performance.now() - began),
          () => void failed++,
        )
        .finally(() => {
          idle.push(client);
          running.delete(work);
        });
      running.add(work);
    }
    next += (-Math.log(1 - Math.random()) * 1000) / perSecond;
  }
  await Promise.all(running);
  for (const client of all) client.close();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return { answered: times.length, failed, p50: at(0.5), p99: at(0.99) };
}
