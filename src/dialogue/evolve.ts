import type { DialogueEvent } from './event.ts';
import { initialState, type Frame, type State } from './state.ts';

const KEPT_PROOFS = 50;
/** More than any limit of an hour. */
const KEPT_SOUGHT = 1000;

function changeFrame(state: State, id: string, change: (frame: Frame) => Frame): State {
  return { ...state, frames: state.frames.map((frame) => (frame.id === id ? change(frame) : frame)) };
}

/** Who begins anew is not given a new hour to guess in. */
const anew = ({ turns, language, script, contact, sought }: State): State => ({
  ...initialState,
  turns,
  language,
  script,
  contact,
  sought,
});

/** One step of the fold: the state after an event. */
export function evolve(state: State, event: DialogueEvent): State {
  switch (event.type) {
    case 'heard': {
      const angry = event.mood === 'angry' || event.mood === 'threatening';
      return {
        ...state,
        turns: state.turns + 1,
        heardAt: event.at,
        language: event.language,
        script: event.script,
        mood: event.mood,
        angryTurns: angry ? state.angryTurns + 1 : 0,
      };
    }
    case 'visit-began':
      return anew(state);
    case 'contact-seen':
      return { ...(state.contact === null ? state : anew(state)), contact: event.contact };
    case 'greeted':
      return { ...state, greeted: true };
    case 'flow-started': {
      const { frame: id, intent, slots, message } = event;
      return {
        ...state,
        frames: [{ id, intent, slots, message, done: [], bound: {}, expecting: null }, ...state.frames],
      };
    }
    case 'slot-filled':
      return changeFrame(state, event.frame, (f) => ({ ...f, slots: { ...f.slots, [event.slot]: event.value } }));
    case 'slot-cleared':
      return changeFrame(state, event.frame, (f) => ({
        ...f,
        slots: Object.fromEntries(Object.entries(f.slots).filter(([name]) => name !== event.slot)),
      }));
    case 'step-done':
      return changeFrame(state, event.frame, (f) => ({
        ...f,
        done: [...f.done, event.step],
        bound: { ...f.bound, ...event.bound },
      }));
    case 'expecting':
      return changeFrame(state, event.frame, (f) => ({ ...f, expecting: event.expecting }));
    case 'flow-ended': {
      const ended = state.frames.find((f) => f.id === event.frame);
      if (ended === undefined) return state;
      const frames = state.frames.filter((f) => f.id !== event.frame);
      const worthReturning = event.how === 'done' || event.how === 'private';
      return { ...state, frames, last: worthReturning ? { intent: ended.intent, slots: ended.slots } : state.last };
    }
    case 'owner-proved': {
      const { waybill, phone, until } = event;
      const others = state.proofs.filter((proof) => proof.waybill !== waybill);
      return { ...state, proofs: [...others, { waybill, phone, until }].slice(-KEPT_PROOFS) };
    }
    case 'parcel-sought': {
      const { waybill, at } = event;
      return { ...state, sought: [...state.sought, { waybill, at }].slice(-KEPT_SOUGHT) };
    }
    case 'remembered': {
      const { entity, value, at } = event;
      const known = state.remembered[entity];
      // The one before stays what 上一个单 means.
      const before = known === undefined || known.value === value ? {} : { [`${entity}-before`]: known };
      return { ...state, remembered: { ...state.remembered, ...before, [entity]: { value, at } } };
    }
    case 'missed':
      return { ...state, misses: state.misses + 1 };
    case 'understood':
      return { ...state, misses: 0 };
    case 'said':
      return { ...state, said: event.texts, spokeAt: state.heardAt };
    case 'colleague-answered':
      return { ...state, frames: [], misses: 0, colleagueAt: event.at };
    case 'proof-failed':
    case 'ticket-drafted':
    case 'relayed':
    case 'fault':
      return state;
  }
}

/** Replays a conversation. */
export function replay(events: Iterable<DialogueEvent>, from: State = initialState): State {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
}
