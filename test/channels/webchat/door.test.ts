import { beforeEach, expect, it } from 'vitest';
import { passDoor } from '../../../src/channels/webchat/door.ts';
import { createRate } from '../../../src/coordination/rate.ts';

let ms = 0;
let allow: ReturnType<typeof createRate>;
beforeEach(() => {
  ms = Date.parse('2026-11-21T10:00:00+08:00');
  allow = createRate({ now: () => new Date(ms), after: () => () => {} });
});

/** How many of `posts`, each `every` ms after the one before, are let in of somebody who may say 30 a minute. */
async function letIn(posts: number, every: number): Promise<number> {
  const coordination = { allow: (...asked: Parameters<typeof allow>) => Promise.resolve(allow(...asked)) };
  let passed = 0;
  for (let nth = 0; nth < posts; nth++, ms += every)
    passed += await passDoor(coordination, 'Li', 30).then(
      () => 1,
      () => 0,
    );
  return passed;
}

it('lets a burst in that the engine can ask to slow down, and no more of it', async () => {
  expect(await letIn(200, 5)).toBe(60);
});

it('lets in whoever is quick but human', async () => {
  expect(await letIn(120, 500)).toBe(120);
});

it('lets in ten times what is answered in a minute, however it is spread', async () => {
  expect(await letIn(1000, 60)).toBe(300);
});

it('opens again by itself', async () => {
  await letIn(200, 5);
  ms += 5000;
  expect(await letIn(10, 5)).toBe(10);
});
