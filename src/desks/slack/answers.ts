import type { Clock } from '../../core/clock.ts';
import type { HeldAnswer } from '../../core/desk-store.ts';
import { messageOf, RefusedError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Attachment } from '../../core/message.ts';
import type { Store } from '../../core/store.ts';
import type { Owner } from '../../core/ticket.ts';
import type { Actions, Actor } from '../actions/actions.ts';

export interface Answers {
  /** Keeps an answer for a moment, then sends it to the customer. The same id again has no effect. Throws RefusedError. */
  hold(id: string, ticket: string, actor: Actor, text: string, attachments?: readonly Attachment[]): Promise<void>;
  /** Keeps that an answer was not sent, and why: it is not sent later either, when Slack delivers its message again. */
  refuse(id: string, ticket: string, agent: Owner, text: string, reason: string): Promise<void>;
  /** Throws `too-late` once it is on its way, `not-yours` to anybody but its writer. */
  takeBack(id: string, actor: Actor): Promise<void>;
  /** Changes the words while they are held; throws as `takeBack`. */
  amend(id: string, actor: Actor, text: string): Promise<void>;
  find(id: string): Promise<HeldAnswer | null>;
  /** Sends what was held when the program ended; called again, what has slipped through since. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How long to wait before what could not be sent is tried again, in ms. */
const AGAIN = 1000;

/**
 * Answers wait here, not in the outbox: the log of a conversation is what the customer reads, so a message that may
 * still be taken back must not stand in it, nor hold up what the bot says meanwhile.
 */
export function createAnswers(deps: {
  readonly store: Store;
  readonly actions: Pick<Actions, 'reply' | 'mayReply'>;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an answer can be taken back, in ms. */
  readonly takeBackMs: () => number;
  readonly touch: (ticket: string) => void;
}): Answers {
  const { store, actions, clock, log, touch } = deps;
  /** By answer, how to call its release off. */
  const alarms = new Map<string, () => void>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  const find = async (id: string): Promise<HeldAnswer | null> => store.heldAnswer(id);

  const left = ({ due_at }: HeldAnswer): number => Math.max(0, Date.parse(due_at) - clock.now().getTime());

  function schedule(id: string, wait: number): void {
    if (stopped) return;
    alarms.get(id)?.();
    const go = (): void => {
      alarms.delete(id);
      const run = release(id).finally(() => running.delete(run));
      running.add(run);
    };
    alarms.set(id, clock.after(wait, go));
  }

  async function release(id: string): Promise<void> {
    try {
      await store.moveHeldAnswer(id, 'held', { state: 'leaving' });
      const answer = await find(id);
      // Taken back, or sent by another run.
      if (answer?.state !== 'leaving') return;
      await send(answer);
      touch(answer.ticket);
    } catch (error) {
      log.error({ answer: id, error: messageOf(error) }, 'an answer could not be handed over: trying again');
      schedule(id, AGAIN);
    }
  }

  /** A crash in between is harmless: the id makes the reply happen once. */
  async function send({ id, ticket, agent, text, attachments }: HeldAnswer): Promise<void> {
    try {
      await actions.reply(ticket, agent, text, id, attachments);
      await store.moveHeldAnswer(id, 'leaving', { state: 'left' });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      await store.moveHeldAnswer(id, 'leaving', { state: 'refused', reason: error.message });
    }
  }

  async function own(id: string, { agent }: Actor): Promise<HeldAnswer> {
    const answer = await find(id);
    if (answer === null) throw new RefusedError('unknown-answer', '没有找到这条回复');
    if (answer.agent.agent !== agent) {
      throw new RefusedError('not-yours', `这条回复是${answer.agent.name}写的，只有本人可以撤回或修改`);
    }
    return answer;
  }

  function must(done: boolean, what: string): void {
    if (!done) throw new RefusedError('too-late', `这条回复已经发给客户，不能再${what}`);
  }

  return {
    find,

    async hold(id, ticket, actor, text, attachments = []) {
      if ((await find(id)) !== null) return;
      const agent = await actions.mayReply(ticket, actor);
      const now = clock.now();
      const answer: HeldAnswer = {
        id,
        ticket,
        agent,
        text,
        attachments,
        at: now.toISOString(),
        due_at: new Date(now.getTime() + deps.takeBackMs()).toISOString(),
        state: 'held',
        reason: null,
      };
      let kept = true;
      try {
        kept = await store.holdAnswer(answer);
      } finally {
        // Also where it failed: it may be kept all the same.
        if (kept) schedule(id, left(answer));
      }
      if (!kept) return;
      touch(ticket);
    },

    async refuse(id, ticket, agent, text, reason) {
      const at = clock.now().toISOString();
      await store.holdAnswer({ id, ticket, agent, text, attachments: [], at, due_at: at, state: 'refused', reason });
      touch(ticket);
    },

    async takeBack(id, actor) {
      const { ticket, state } = await own(id, actor);
      if (state === 'taken-back') return;
      must(await store.moveHeldAnswer(id, 'held', { state: 'taken-back' }), '撤回');
      touch(ticket);
    },

    async amend(id, actor, text) {
      const { ticket } = await own(id, actor);
      must(await store.moveHeldAnswer(id, 'held', { text }), '修改');
      touch(ticket);
    },

    async start() {
      for (const answer of await store.heldAnswers(null)) schedule(answer.id, left(answer));
    },

    async stop() {
      stopped = true;
      for (const callOff of alarms.values()) callOff();
      await Promise.all(running);
    },
  };
}
