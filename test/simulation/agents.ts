import { RefusedError } from '../../src/core/errors.ts';
import type { Ticket } from '../../src/core/ticket.ts';
import type { Actions } from '../../src/desks/actions/actions.ts';
import { deliver } from './customers.ts';
import type { Random } from './random.ts';
import { ask, type World } from './world.ts';

const WORK_MS = 6 * 60_000;
const ACTS = ['claim', 'claim', 'reply', 'reply', 'reply', 'note', 'transfer', 'resolve', 'resolve', 'reopen'] as const;

/** An agent who takes whatever ticket comes to hand, at the web desk or in Slack, however many others do the same. */
export async function agent(world: World, number: string, random: Random): Promise<void> {
  const user = world.knowledge().desks.agents.find((one) => one.number === number)?.slack ?? '';
  for (let n = 0; world.time.elapsed() < WORK_MS; n += 1) {
    await world.time.sleep(random.between(500, 40_000));
    const tickets = await world.store.tickets({});
    if (tickets.length === 0) continue;
    const ticket = random.pick(tickets);
    const act = random.pick(ACTS);
    const id = `${number}-${n}`;
    world.note(`agent ${number}: ${act} ${ticket.id}`);
    if (!world.slackDesk || random.chance(0.5)) await atWebDesk(world, number, ticket, act, id, random);
    else await inSlack(world, user, ticket, act, id, random);
  }
}

type Act = (typeof ACTS)[number];

/** The page asks once; what has an id of its own it asks until there is an answer. */
async function atWebDesk(world: World, number: string, ticket: Ticket, act: Act, id: string, random: Random) {
  const desks = Object.keys(world.knowledge().desks.desks);
  const actor = { agent: number };
  const { id: about } = ticket;
  const desk = random.pick(desks);
  const acts: Record<Act, (actions: Actions) => Promise<unknown>> = {
    claim: (actions) => actions.claim(about, actor),
    reply: (actions) => actions.reply(about, actor, `答复${id}`, id),
    note: (actions) => actions.note(about, actor, `备注${id}`, id),
    transfer: (actions) => actions.transfer(about, actor, { desk }, `转交${id}`),
    resolve: (actions) => actions.resolve(about, actor, `办结${id}`),
    reopen: (actions) => actions.reopen(about, actor, `重开${id}`),
  };
  const repeats = act === 'reply' || act === 'note';
  for (;;) {
    const answer = await ask(world, 8000, (program) => acts[act](program.actions));
    const refused = answer.kind === 'failed' && answer.error instanceof RefusedError;
    if (answer.kind === 'done' && repeats) world.oracle.agentDid(act, ticket, id);
    if (answer.kind === 'done' || refused || !repeats) return;
    await world.time.sleep(random.between(500, 5000));
  }
}

async function inSlack(world: World, user: string, ticket: Ticket, act: Act, id: string, random: Random) {
  const { id: about } = ticket;
  if (act === 'reply') return writeInThread(world, user, ticket, random);
  const desks = Object.keys(world.knowledge().desks.desks);
  const desk = random.pick(desks);
  const submit = (form: string, values: Record<string, string>): Promise<unknown> =>
    ask(world, 20_000, ({ interactions }) => interactions.submit(user, `ticket.${form}`, about, id, values));
  switch (act) {
    case 'claim':
      return ask(world, 20_000, ({ interactions }) => interactions.click(user, 'ticket.claim', about));
    case 'note':
      return submit('note', { text: `备注${id}` });
    case 'transfer':
      return submit('transfer', { to: desk, text: `转交${id}` });
    case 'resolve':
      return submit('resolve', { result: '已解决', text: '', cause: '其他' });
    case 'reopen':
      return submit('reopen', { text: `重开${id}` });
  }
}

/** A message in the card's thread, which Slack delivers until it is taken; some are changed or deleted right after. */
async function writeInThread(world: World, user: string, ticket: Ticket, random: Random): Promise<void> {
  const posts = await world.store.deskPosts(ticket.id);
  const cards = posts.filter(({ part, ts }) => part === 'card' && ts !== null);
  if (cards.length === 0) return;
  const { channel, ts: thread } = random.pick(cards);
  const ts = world.slack.nextTs();
  const place = { team: 'T1', channel, direct: false, thread, ts, user, files: [] };
  const tell = (kind: 'new' | 'edited' | 'deleted', text: string): Promise<void> => {
    const at = world.time.now().toISOString();
    return deliver(world, random, async () => {
      const answer = await ask(world, 3000, (program) => program.hear({ ...place, kind, text, at }));
      if (answer.kind === 'done' && kind === 'new') world.oracle.threadTaken(`slack-${channel}-${ts}`, ticket);
      return answer.kind === 'done';
    });
  };
  void tell('new', `> 答复${ts}`);
  if (random.chance(0.2)) {
    await world.time.sleep(random.between(500, 15_000));
    void tell(random.chance(0.5) ? 'edited' : 'deleted', `> 更正${ts}`);
  }
}

/** The end of the shift: everybody resolves what they have. */
export async function closeTickets(world: World): Promise<void> {
  for (const { id, owner, status } of await world.store.tickets({})) {
    if (owner === null || status === 'resolved') continue;
    world.note(`agent ${owner.agent}: closes ${id}`);
    void ask(world, 8000, (program) => program.actions.resolve(id, { agent: owner.agent }, '办结'));
  }
}
