import { isDone, markDone, refreshSlots, wait, wordIn, type Flow, type Verdict } from './flow.ts';
import { button } from './speak.ts';
import type { SlotValue } from './state.ts';
import { correctedSlots } from './corrected-slots.ts';
import { slotsFrom } from './fill.ts';

/** Reads the form back and waits for a yes; a no asks what is to be changed, and what the customer then names is changed. */
export function confirmForm(flow: Flow, step: string, phrase: string): Verdict {
  const { session } = flow;
  const { understood } = session.turn;
  const expecting = flow.frame().expecting;
  const answering = session.answered?.frame === flow.frame().id;
  if (answering && expecting?.kind === 'confirm' && expecting.step === step) {
    if (understood.signals.includes('yes') && !understood.signals.includes('no')) {
      markDone(flow, step);
      return null;
    }
    if (!changeSlots(flow)) return wait(flow, { kind: 'change', step }, [wordIn(flow, 'confirm.change')]);
  }
  if (answering && expecting?.kind === 'change' && expecting.step === step && !changeSlots(flow)) {
    // Not to be matched with a field: an agent reads it as it was said.
    session.emit({ type: 'slot-filled', frame: flow.frame().id, slot: '更正', value: session.turn.text.slice(0, 300) });
    flow.pieces.push(wordIn(flow, 'confirm.noted'));
    markDone(flow, step);
    return null;
  }
  return isDone(flow, step)
    ? null
    : wait(flow, { kind: 'confirm', step }, [
        wordIn(flow, phrase, {}, [button(session, 'yes'), button(session, 'no')]),
      ]);
}

/** Changes what this turn names anew; false where nothing was. */
function changeSlots(flow: Flow): boolean {
  const { session, intent } = flow;
  const { understood } = session.turn;
  const frame = flow.frame();
  const named: Record<string, SlotValue> = {
    ...slotsFrom(intent, understood, { start: 0, end: understood.text.length }, []),
    ...correctedSlots(session, intent, frame.slots),
  };
  // `地址改成…`: a field's title, then what it shall be.
  for (const slot of intent.slots.values()) {
    if (slot.fills !== null || slot.choices !== undefined || slot.title === undefined) continue;
    const at = understood.text.indexOf(slot.title);
    if (at === -1) continue;
    const rest = understood.text
      .slice(at + slot.title.length)
      .replace(/^(?:[:：,，是为]|应该|应|改成|改为|换成|写成)+/, '')
      .trim();
    if (rest !== '') named[slot.name] = rest;
  }
  const changes = Object.entries(named).filter(([slot, value]) => frame.slots[slot] !== value);
  for (const [slot, value] of changes) session.emit({ type: 'slot-filled', frame: frame.id, slot, value });
  refreshSlots(flow);
  return changes.length > 0;
}
