import type { Connect } from './client.ts';
import { questionAt } from './questions.ts';

/** How ordinary people fare meanwhile: how long each answer took, in ms, the shortest first. */
export interface Fare {
  readonly times: readonly number[];
  readonly failed: number;
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
  return { times: times.sort((a, b) => a - b), failed };
}

/** Both together. */
export function together(one: Fare, two: Fare): Fare {
  return { times: [...one.times, ...two.times].sort((a, b) => a - b), failed: one.failed + two.failed };
}

/** How long that share of the answers took at most; ms. */
export function within({ times }: Fare, share: number): number {
  return times[Math.min(times.length - 1, Math.max(Math.floor(times.length * share), 0))] ?? NaN;
}

/** Between which times `within` lies in 19 of 20 such runs, by how many answers there were alone; ms. */
export function spread(fare: Fare, share: number): readonly [number, number] {
  const most = 1.96 * Math.sqrt((share * (1 - share)) / fare.times.length);
  return [within(fare, share - most), within(fare, share + most)];
}
