import { describe, expect, it } from 'vitest';
import { wordsOf } from './far-side.ts';
import { openSlackDesk, rules } from './setup.ts';

const PRIVATE = { form: { phone: '13800138000', goods: '瓷砖' }, summary: '请回电13900139000' };

async function opened(fields = {}) {
  const desk = await openSlackDesk();
  const { id } = await desk.floor.open(fields);
  await desk.settle();
  return { desk, id, far: desk.far, card: desk.card(id), ticket: async () => (await desk.store.ticket(id))! };
}

describe('private fields', () => {
  it('are covered everywhere, and each look is told to one agent and written down', async () => {
    const { desk, id, far, ticket } = await opened(PRIVATE);
    await desk.floor.write('我的电话是13700137000');
    await desk.settle();
    const everything = JSON.stringify(far.calls);
    expect(everything).toMatch(/138\*{4}8000/);
    expect(everything).not.toMatch(/13[789]00137000|13800138000|13900139000|韩梅梅/);
    await far.press('U8002', 'ticket.reveal', `${id}|form.phone`);
    await desk.settle();
    expect(far.toldTo('U8002')).toEqual([expect.stringContaining('13800138000')]);
    expect((await ticket()).history.at(-1)).toMatchObject({
      kind: 'revealed',
      by: { agent: '8002' },
      target: 'form.phone',
    });
    await far.press('USTRANGER', 'ticket.reveal', `${id}|form.phone`);
    await desk.settle();
    expect(far.toldTo('USTRANGER').join()).not.toContain('13800138000');
    expect((await ticket()).history.filter(({ kind }) => kind === 'revealed')).toHaveLength(1);
  });

  it('have a button on the card and on the line of the thread that holds them', async () => {
    const { desk, far, card } = await opened(PRIVATE);
    await desk.floor.write('打13700137000');
    await desk.settle();
    expect(wordsOf(card)).toContain('|form.phone');
    await far.click('U8001', 'ticket.reveal', far.thread(card).at(-1));
    await desk.settle();
    expect(far.toldTo('U8001')).toEqual([expect.stringContaining('打13700137000')]);
  });
});

describe('words that would ping or deceive', () => {
  const EVIL = '<!channel> <@U8001> <https://evil.example|应声快运官网> *急* \u202egnp.exe & <b>';
  it.each(['summary', 'form', 'words', 'note'] as const)('are shown literally: %s', async (where) => {
    const { desk, id, far } = await opened(
      where === 'summary' ? { summary: EVIL } : where === 'form' ? { form: { goods: EVIL } } : {},
    );
    if (where === 'words') await desk.floor.write(EVIL);
    if (where === 'note') {
      await far.press('U8001', 'ticket.note', id);
      await far.submit('U8001', { text: EVIL });
    }
    await desk.settle();
    const marked = far.calls.flatMap(({ args }) => markedIn(args));
    expect(marked.join('\n')).not.toMatch(/<!channel>|<@U8001>|<https:|\u202e/);
    expect(JSON.stringify(far.calls)).toContain('应声快运官网');
    expect(JSON.stringify(far.calls)).not.toContain('\u202e');
  });
});

/** Every text that Slack reads markup in. */
function markedIn(value: unknown, key = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => markedIn(one));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  if (node['type'] === 'plain_text' || (node['type'] === 'text' && key !== 'text')) return [];
  return Object.entries(node).flatMap(([name, inner]) =>
    typeof inner === 'string' && name === 'text' ? [inner] : markedIn(inner, name),
  );
}

describe('modals', () => {
  it('carry an answer with its files to the customer', async () => {
    const { desk, id, far } = await opened();
    await far.press('U8001', 'ticket.reply', id);
    const files = [{ id: 'F1', name: '回单.png', size: 3, url_private: 'https://files.example/F1' }];
    expect(await far.submit('U8001', { text: '您好', files })).toEqual([undefined]);
    await desk.settle();
    const sent = (await desk.store.ticket(id))!.transcript.at(-1)!;
    expect(sent).toMatchObject({ text: '您好', attachments: [{ name: '回单.png' }], from: { id: '8001' } });
  });

  it.each([
    ['ticket.reply', { text: '  ' }, ['text']],
    ['ticket.note', { text: '' }, ['text']],
    ['ticket.transfer', { text: '有理赔' }, ['to']],
    ['ticket.resolve', { result: '已解决', text: '' }, ['cause']],
  ])('say beside the field what is missing: %s', async (act, values, wrong) => {
    const { id, far, ticket } = await opened();
    const before = await ticket();
    await far.press('U8001', act, id);
    const [ack] = (await far.submit('U8001', values)) as { response_action: string; errors: object }[];
    expect(ack).toMatchObject({ response_action: 'errors' });
    expect(Object.keys(ack!.errors)).toEqual(wrong);
    expect(await ticket()).toEqual(before);
  });

  it('resolve with a result for the customer and a cause for the company', async () => {
    const { desk, id, far, ticket } = await opened();
    await far.press('U8001', 'ticket.resolve', id);
    await far.submit('U8001', { result: '已解决', text: '货款今天到账', cause: '客户咨询' });
    await desk.settle();
    expect((await ticket()).history.at(-1)).toMatchObject({
      kind: 'resolved',
      text: '已解决：货款今天到账',
      target: '客户咨询',
    });
    expect(JSON.stringify(far.views.at(-1))).toContain(rules.causes[0]);
  });

  it('give a ticket to one person, and call them by name', async () => {
    const { desk, id, far, ticket, card } = await opened();
    await far.press('U8001', 'ticket.transfer', id);
    await far.submit('U8001', { to: 'payments|8002', text: '请王姐看看' });
    await desk.settle();
    expect((await ticket()).ticket).toMatchObject({ status: 'claimed', owner: { agent: '8002' }, desk: 'payments' });
    expect(far.thread(card).map(({ text }) => text)).toContain('👤 现由 小王（工号 8002）负责 <@U8002>');
    await far.press('U8001', 'ticket.nudge', id);
    await far.submit('U8001', { text: '客户又来问了' });
    await desk.settle();
    expect(far.thread(card).at(-1)!.text).toMatch(/催办：客户又来问了 <@U8002>/);
  });

  it('are not opened for a stranger, who is told why', async () => {
    const { desk, id, far } = await opened();
    for (const act of ['reply', 'transfer', 'note', 'resolve', 'nudge'])
      await far.press('USTRANGER', `ticket.${act}`, id);
    await desk.settle();
    expect(far.views).toEqual([]);
    expect(far.toldTo('USTRANGER')).toHaveLength(5);
  });
});

describe('commands, Home and the shortcut', () => {
  it('log a telephone call as a ticket with a card, to which nothing can be sent', async () => {
    const { desk, far } = await opened();
    await far.command('U8001', '/ticket', '新建 客户来电要改地址');
    expect(wordsOf({ blocks: far.views.at(-1)!.view })).toContain('客户来电要改地址');
    const call = {
      desk: 'claims',
      kind: 'payment-lookup',
      priority: 'high',
      text: '要改地址',
      waybill: '87654321',
      customer: '李雷',
      phone: '13800138000',
    };
    await far.submit('U8001', call);
    await desk.settle();
    const [ticket] = await desk.store.tickets({ desk: 'claims' });
    expect(ticket).toMatchObject({
      waybill: '87654321',
      customer: { name: '李雷' },
      form: { source: '电话', phone: '13800138000' },
    });
    const card = desk.card(ticket!.id);
    expect(card.channel).toBe('CCLAIMS');
    expect(wordsOf(card)).not.toContain('ticket.reply');
    await desk.far.say({ channel: 'CCLAIMS', thread: card.ts, user: 'U8001', text: '> 您好' });
    await far.press('U8001', 'ticket.claim', ticket!.id);
    await desk.settle();
    expect(far.toldTo('U8001').join()).toContain('请直接致电客户');
    expect(await desk.store.log(ticket!.conversation, 0, 10)).toEqual([]);
  });

  it('make a ticket of any message', async () => {
    const { desk, far } = await opened();
    await far.shortcut('USTRANGER', '不给');
    expect(far.views).toEqual([]);
    await far.shortcut('U8001', '客户 &lt;急&gt; 见 <https://x.example|图>');
    expect(wordsOf({ blocks: far.views.at(-1)!.view })).toContain('客户 <急> 见 图 (https://x.example)');
    await far.submit('U8001', { desk: 'claims', kind: 'payment-lookup', priority: 'normal', text: '客户急' });
    await desk.settle();
    expect(await desk.store.tickets({ desk: 'claims' })).toMatchObject([
      { form: { source: 'Slack #random 消息 1.2' } },
    ]);
  });

  it('find tickets for agents, covered; anybody else, who may be a customer, reads how they stand and none of their words', async () => {
    const { id, far } = await opened({ ...PRIVATE, summary: '金额86,420.00元，请回电13900139000' });
    const [found] = await far.command('USTRANGER', '/ticket', '查 12345678');
    expect(wordsOf(found!)).toContain(id);
    const [shown] = await far.command('USTRANGER', '/ticket', id.toLowerCase());
    await far.press('USTRANGER', 'ticket.open', id);
    const opening = wordsOf({ blocks: far.views.at(-1)!.view });
    for (const seen of [wordsOf(found!), wordsOf(shown!), opening]) {
      expect(seen).toContain(id);
      expect(seen).not.toMatch(/86,420|138\*|13800138000|139|韩梅梅|瓷砖|ticket\.reveal/);
    }
    const [read] = await far.command('U8001', '/ticket', id);
    expect(wordsOf(read!)).toMatch(/138\*{4}8000/);
    expect(wordsOf(read!)).not.toMatch(/ticket\.reveal|13800138000/);
    const [mine] = await far.command('USTRANGER', '/ticket', '我的');
    expect(wordsOf(mine!)).toContain('desks.yml');
    const [help] = await far.command('U8001', '/ticket', '<!channel>');
    expect(help!['text']).toMatch(/没有看懂“&lt;!channel&gt;”.*新建/s);
    const [status] = await far.command('U8001', '/kf', '状态');
    expect(status!['text']).toMatch(/今天新建 1，解决 0 · 现在待认领 1.*小李/s);
  });

  it('show an agent their own and their desks’ open tickets, the most urgent first', async () => {
    const { desk, id, far } = await opened();
    const urgent = await desk.floor.open({ priority: 'urgent', waybill: '2' });
    const other = await desk.floor.open({ desk: 'claims', waybill: '3' });
    await far.press('U8001', 'ticket.claim', id);
    await desk.settle();
    const rows = async (user: string): Promise<string> => {
      await far.home(user);
      return wordsOf({ blocks: far.views.at(-1)!.view['blocks'] });
    };
    const mine = await rows('U8001');
    expect(mine.indexOf(id)).toBeLessThan(mine.indexOf(urgent.id));
    expect(mine).not.toContain(other.id);
    const wang = await rows('U8002');
    expect(wang.indexOf(urgent.id)).toBeLessThan(wang.indexOf(other.id));
    expect(wang).not.toContain(`${id} `);
    expect(await rows('USTRANGER')).toContain('knowledge/desks.yml');
    await far.press('USTRANGER', 'ticket.open', urgent.id);
    expect(wordsOf({ blocks: far.views.at(-1)!.view })).toContain(urgent.id);
  });
});

describe('every interaction', () => {
  it('is acknowledged before anything slow is done', async () => {
    const { desk, id, far } = await opened();
    let release = (): void => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    const read = desk.store.ticket.bind(desk.store);
    desk.store.ticket = async (ticket) => {
      await slow;
      return read(ticket);
    };
    const acked: boolean[] = [];
    const app = far.connection.app as unknown as { processEvent(event: object): Promise<void> };
    const body = {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'U8001' },
      actions: [{ type: 'button', action_id: 'ticket.claim', value: id, block_id: 'b' }],
    };
    const done = app.processEvent({ body, ack: () => Promise.resolve(void acked.push(true)) });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(acked).toEqual([true]);
    release();
    await done;
    desk.store.ticket = read;
    expect((await read(id))!.ticket.owner).toMatchObject({ agent: '8001' });
  });
});
