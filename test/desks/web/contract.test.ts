import { deskContract } from '../../contracts/desk.ts';
import type { Act } from '../../contracts/desk.ts';
import { openDesk } from './setup.ts';
import type { Body } from './setup.ts';

const FIELD: Readonly<Record<Act, string>> = {
  claim: 'note',
  reply: 'text',
  note: 'text',
  transfer: 'reason',
  resolve: 'result',
  reopen: 'reason',
};

deskContract('the web desk', async (between) => {
  const desk = await openDesk({}, between);
  return {
    store: desk.store,
    floor: desk,
    close: () => desk.close(),
    async act(who, act, ticket, words) {
      const path = `/api/tickets/${ticket}/${act}`;
      const body = { agent: who, desk: 'claims', [FIELD[act]]: words };
      if (who !== 'stranger') {
        const answer = await desk.post(path, body);
        return answer.status === 200 ? null : answer.body.error.message;
      }
      const answer = await fetch(desk.url + path, { method: 'POST', body: JSON.stringify(body) });
      return answer.ok ? null : ((await answer.json()) as Body).error.message;
    },
  };
});
