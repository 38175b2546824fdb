import type { Clock } from '../core/clock.ts';
import type { Coordination } from '../core/coordination.ts';
import { createOrder } from './order.ts';
import { createRate } from './rate.ts';

/** Coordination for a single process. `concurrency`: how many conversations are worked on at once. */
export function createInProcessCoordination(options: { clock: Clock; concurrency: number }): Coordination {
  const order = createOrder(options.concurrency);
  const allow = createRate(options.clock);
  return {
    inOrder: (id, work) => order.run(id, work),
    allow: (key, limit, windowMs) => Promise.resolve(allow(key, limit, windowMs)),
    idle: () => order.idle(),
  };
}
