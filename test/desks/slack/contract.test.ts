import { deskContract } from '../../contracts/desk.ts';
import { openSlackDesk } from './setup.ts';

const USER = { '8001': 'U8001', '8002': 'U8002', stranger: 'USTRANGER' } as const;

deskContract('the Slack desk', async (between) => {
  const under = await openSlackDesk({}, between);
  const { far, store, floor } = under;
  return {
    store,
    floor,
    close: () => under.close(),
    async act(who, act, ticket, words = '') {
      const user = USER[who];
      const told = (): string[] => far.toldTo(user);
      const before = told().length;
      const opened = far.views.length;
      await far.press(user, `ticket.${act}`, ticket);
      if (far.views.length > opened) {
        const values = { text: words, to: 'claims', result: words, cause: '客户咨询' };
        await far.submit(user, act === 'resolve' ? { ...values, text: '' } : values);
      }
      await under.settle();
      const held = (await store.heldAnswers(ticket)).find(
        ({ state, agent }) => state === 'refused' && agent.agent === who,
      );
      return told().slice(before)[0] ?? held?.reason ?? null;
    },
  };
});
