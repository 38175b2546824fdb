import { messageOf } from '../core/errors.ts';
import { slotsRemembered } from './fill.ts';
import { handToHuman } from './hand-over.ts';
import { createFlow, type Flow, type Stop } from './flow.ts';
import type { Replies } from './replies.ts';
import type { Start } from './start.ts';
import { runFlow } from './run.ts';
import type { Session } from './session.ts';
import { wordEngine, type Piece } from './speak.ts';

const MOST_MOVES = 3;

/** Works the flows of one turn: starts them, runs them, and finds out which question stands at the end. */
export interface Work {
  /** Runs a flow that is already under way. */
  run(frame: string): void;
  /** Begins several flows, the first of them to be active; their answers come in the order given. */
  start(starts: readonly Start[]): void;
  /** Runs whatever waits beneath, and puts the active flow's question last. */
  finish(): void;
}

export function createWork(session: Session, replies: Replies): Work {
  /** What each flow that ran in this turn asks. */
  const questions = new Map<string, readonly Piece[]>();
  let count = 0;

  function begin({ intent, slots, message }: Start): string {
    const frame = `${session.current().turns}.${++count}`;
    session.emit({ type: 'flow-started', frame, intent: intent.name, slots, message: message.slice(0, 1000) });
    return frame;
  }

  /** A request for what is under way already adds to it instead of beginning it anew. */
  function goesOn({ intent, slots }: Start): boolean {
    const { waybill } = slots;
    const frame = session.current().frames.find((other) => {
      const theirs = other.slots['waybill'];
      return other.intent === intent.name && (waybill === undefined || theirs === undefined || theirs === waybill);
    });
    if (frame === undefined || questions.has(frame.id)) return false;
    for (const [slot, value] of Object.entries(slots)) {
      if (frame.slots[slot] === undefined) session.emit({ type: 'slot-filled', frame: frame.id, slot, value });
    }
    return true;
  }

  /** A human has the customer now: what was under way before this turn is not asked on. */
  function endEarlier(): void {
    for (const { id } of session.current().frames) {
      if (!id.startsWith(`${session.current().turns}.`)) session.emit({ type: 'flow-ended', frame: id, how: 'handed' });
    }
  }

  /** Gives what the flow says; its question is kept for the end. */
  function runOnce(frame: string, moves = 0): readonly Piece[] {
    const { flow, stop } = attempt(session, frame);
    questions.set(frame, flow.question);
    if (stop.kind === 'moved') {
      const intent = session.knowledge.intents.get(stop.intent);
      if (intent === undefined || moves >= MOST_MOVES) throw new Error(`go_to ${stop.intent} leads nowhere`);
      const { slots, message } = flow.frame();
      const shared = Object.fromEntries(Object.entries(slots).filter(([name]) => intent.slots.has(name)));
      session.emit({ type: 'flow-ended', frame, how: 'moved' });
      const next = begin({ intent, slots: { ...slotsRemembered(session, intent), ...shared }, message });
      return [...flow.pieces, ...runOnce(next, moves + 1)];
    }
    if (stop.kind === 'ended') session.emit({ type: 'flow-ended', frame, how: stop.how });
    if (stop.kind === 'ended' && stop.how === 'handed') endEarlier();
    return flow.pieces;
  }

  return {
    run: (frame) => replies.add(frame, runOnce(frame)),
    start(starts) {
      for (const { intent } of starts) session.acted.add(intent.name);
      const fresh = starts.filter((start) => !goesOn(start));
      // Begun in reverse, so that the first stands on top of the stack; said in order.
      const said = [...fresh].reverse().map((start) => {
        const frame = begin(start);
        return { frame, pieces: runOnce(frame) };
      });
      for (const { frame, pieces } of said.reverse()) replies.add(frame, pieces);
    },
    finish() {
      for (let guard = 0; guard < 20; guard += 1) {
        const [active] = session.current().frames;
        if (active === undefined) return;
        const asked = questions.get(active.id);
        if (asked === undefined) {
          const pieces = runOnce(active.id);
          const title = session.knowledge.intents.get(active.intent)?.title ?? active.intent;
          const question = questions.get(active.id) ?? [];
          const back = replies.groups.length > 0 && !session.missedAnswer && question.length > 0;
          replies.add(active.id, [...(back ? [wordEngine(session, 'resume', { title })] : []), ...pieces]);
          continue;
        }
        replies.add(active.id, asked);
        return;
      }
    },
  };
}

/** Runs a flow; what goes wrong inside becomes an apology and a ticket, never silence. */
function attempt(session: Session, frame: string): { readonly flow: Flow; readonly stop: Stop } {
  try {
    return runFlow(session, frame);
  } catch (error) {
    session.emit({ type: 'fault', what: messageOf(error).slice(0, 200) });
    session.trace(`fault: ${messageOf(error)}`);
    const name = session.frame(frame)?.intent ?? '';
    const intent = session.knowledge.intents.get(name) ?? {
      name,
      title: name,
      titleEn: null,
      desk: session.knowledge.desks.default_desk,
      small: false,
      whole: false,
      slots: new Map(),
      steps: [],
      place: { file: '', line: 0, column: 0 },
    };
    const flow = createFlow(session, frame, intent);
    return { flow, stop: handToHuman(flow, 'trouble') };
  }
}
