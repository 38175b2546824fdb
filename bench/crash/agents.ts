import type { Told } from './oracle.ts';
import { DESK_TOKEN } from './life.ts';
import { pause } from './side.ts';

/** Works at the web desk over its API, whether the program runs or not. */
export interface Agents {
  /** Takes the ticket, answers, resolves it; each step is tried again until it is taken. */
  attend(message: Told): Promise<void>;
}

/** All in ms. */
const AGAIN = 200;
const PATIENCE = 5000;

const WHO = { agent: '1001' };
/** Resolving again what is resolved already is refused: our first try was taken, and its answer lost. */
const TAKEN_BEFORE = 409;

/** `ended`: nobody waits any more. */
export function openAgents(url: string, ended: () => boolean): Agents {
  async function insist(path: string, body: object, enough: readonly number[]): Promise<void> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${DESK_TOKEN}` };
    for (; !ended(); await pause(AGAIN)) {
      const signal = AbortSignal.timeout(PATIENCE);
      const request = { method: 'POST', headers, body: JSON.stringify({ ...WHO, ...body }), signal };
      const response = await fetch(`${url}/api/tickets/${path}`, request).catch(() => null);
      await response?.body?.cancel().catch(() => {});
      if (response !== null && enough.includes(response.status)) return;
    }
  }
  return {
    async attend({ code, ticket }) {
      await insist(`${ticket}/claim`, {}, [200]);
      await insist(`${ticket}/reply`, { text: `答复【${code}】`, client_id: `answer-${code}` }, [200]);
      await insist(`${ticket}/resolve`, { result: `办妥《${code}》` }, [200, TAKEN_BEFORE]);
    },
  };
}
