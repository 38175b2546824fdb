import type { WaitingMessage } from '../core/store.ts';
import { keyOfQuestion } from './question.ts';
import { replyTo, type Desk, type Reply } from './replay.ts';

/** How often progress is told; ms. */
const TELL_EVERY = 100;

/** One reply for each question, in order; the same question is asked once. `tell`: how many are done. */
export async function replayAll(
  desk: Desk,
  questions: readonly WaitingMessage[],
  now: Date,
  tell: (done: number) => void,
): Promise<readonly Reply[]> {
  const known = new Map<string, Reply>();
  const replies: Reply[] = [];
  let told = performance.now();
  for (const question of questions) {
    const key = keyOfQuestion(question);
    const reply = known.get(key) ?? (await replyTo(desk, question, now));
    known.set(key, reply);
    replies.push(reply);
    if (performance.now() - told < TELL_EVERY) continue;
    tell(replies.length);
    told = performance.now();
    // Whoever waits for us in this thread, e.g. to hear how far another one is, gets a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  tell(questions.length);
  return replies;
}
