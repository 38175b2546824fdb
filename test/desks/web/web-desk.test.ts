import { describe, expect, it } from 'vitest';
import { HERE, NOW, TOKEN, openDesk } from './setup.ts';
import type { Body } from './setup.ts';

const LI = { agent: '8001', name: '小李' };
const WANG = { agent: '8002', name: '小王' };

describe('the way in', () => {
  it.each([undefined, 'Bearer wrong', `Basic ${TOKEN}`, 'Bearer ', TOKEN])('is closed to %s', async (authorization) => {
    const desk = await openDesk();
    for (const path of ['/api/tickets', '/api/tickets/T-1001', '/api/events', '/api/attachments/x', '/api/desks']) {
      const answer = await fetch(desk.url + path, authorization ? { headers: { authorization } } : {});
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'unauthorized' } });
    }
  });

  it('is closed to everyone where no token is set', async () => {
    const desk = await openDesk({ token: '' });
    expect((await fetch(`${desk.url}/api/tickets`, { headers: { authorization: 'Bearer ' } })).status).toBe(401);
  });

  it('leaves other paths under /api to others', async () => {
    const desk = await openDesk();
    expect((await fetch(`${desk.url}/api/messages`, { method: 'POST' })).status).toBe(404);
  });
});

describe('the list', () => {
  it('has the fields of the contract, the most urgent first', async () => {
    const desk = await openDesk();
    const first = await desk.open();
    const urgent = await desk.open({ priority: 'urgent', waybill: null, kind: 'complaint', desk: 'claims' });
    const { status, body } = await desk.get('/api/tickets');
    expect(status).toBe(200);
    expect(body.tickets.map((ticket) => ticket.id)).toEqual([urgent.id, first.id]);
    expect(body.tickets[1]).toMatchObject({
      id: first.id,
      desk: 'payments',
      desk_title: '代收货款部',
      kind: 'payment-lookup',
      status: 'open',
      priority: 'normal',
      customer: { id: 'u-1', name: '韩**' },
      waybill: '12345678',
      summary: '货款超过15天未到账',
      owner: null,
      promised_at: '2026-11-23T04:00:00.000Z',
      opened_at: NOW,
      channel: 'webchat',
    });
  });

  it('is filtered by status, desk and words', async () => {
    const desk = await openDesk();
    const one = await desk.open({ form: { receiver_phone: '13800138000' } });
    const two = await desk.open({ desk: 'claims', kind: 'claim', waybill: '87654321', summary: '箱子破了' });
    await desk.post(`/api/tickets/${two.id}/claim`, LI);
    const found = async (query: string): Promise<string[]> =>
      (await desk.get(`/api/tickets?${query}`)).body.tickets.map((ticket) => ticket.id);
    expect(await found('status=open')).toEqual([one.id]);
    expect(await found('status=claimed')).toEqual([two.id]);
    expect(await found('status=&desk=claims')).toEqual([two.id]);
    expect(await found(`q=${encodeURIComponent('箱子')}`)).toEqual([two.id]);
    expect(await found('q=123456')).toEqual([one.id]);
    expect(await found('q=13800138000')).toEqual([one.id]);
    expect(await found('q=1380013')).toEqual([]);
    expect(await found('status=resolved')).toEqual([]);
    expect((await desk.get('/api/tickets?limit=1')).body).toMatchObject({ total: 2, tickets: [{}] });
  });

  it('refuses a status that there is not, in Chinese', async () => {
    const desk = await openDesk();
    const { status, body } = await desk.get('/api/tickets?status=done');
    expect([status, body.error.code]).toEqual([400, 'bad-request']);
    expect(body.error.message).toMatch(/status.*[一-龥]/);
  });
});

describe('a ticket', () => {
  it('tells the whole story, private words covered, the waybill clear', async () => {
    const desk = await openDesk();
    await desk.open({ kind: 'claim', waybill: '87654321', form: { receiver_name: '李雷' } });
    const { id } = await desk.open(
      { summary: '请回电13900139000', form: { receiver_phone: '13800138000', goods: '瓷砖' } },
      '单号12345678,我是韩梅梅,收件人李雷,电话13800138000',
    );
    const { body } = await desk.get(`/api/tickets/${id}`);
    expect(body).toMatchObject({
      id,
      summary: '请回电139****9000',
      form: { receiver_phone: '138****8000', goods: '瓷砖' },
      history: [{ kind: 'opened', at: NOW, by: null }],
      others: [{ kind: 'claim', waybill: '87654321', form: { receiver_name: '李*' } }],
    });
    expect(body.transcript.at(-2)).toMatchObject({
      from: 'customer',
      name: '韩**',
      text: '单号12345678,我是韩**,收件人李*,电话138****8000',
      attachments: [],
    });
    expect(body.transcript.at(-1)).toMatchObject({ from: 'bot', text: '已为您转人工' });
    expect(JSON.stringify(body)).not.toMatch(/13[89]00|韩梅梅|李雷/);
  });

  it('reveals a field or a piece of it, and writes down who looked', async () => {
    const desk = await openDesk();
    const { id } = await desk.open({ summary: '回电13900139000或a@b.cn' });
    const { body } = await desk.get(`/api/tickets/${id}`);
    const pieces = body.hidden.filter((piece) => piece.field.startsWith('summary'));
    expect(pieces.map((p) => [p.field, p.kind, body.summary.slice(p.start, p.end)])).toEqual([
      ['summary#0', 'phone', '139****9000'],
      ['summary#1', 'email', 'a***@b.cn'],
    ]);
    const reveal = (field: string) => desk.post(`/api/tickets/${id}/reveal`, { agent: 8002, field });
    expect((await reveal('summary#0')).body).toEqual({ field: 'summary#0', value: '13900139000' });
    expect((await reveal('summary')).body.value).toBe('回电13900139000或a@b.cn');
    expect((await reveal('customer.name')).body.value).toBe('韩梅梅');
    const seq = body.transcript[0]!.seq;
    expect((await reveal(`transcript.${seq}.name`)).body.value).toBe('韩梅梅');
    expect(await reveal('summary#7')).toMatchObject({ status: 404, body: { error: { code: 'unknown-field' } } });
    expect(await reveal('__proto__')).toMatchObject({ status: 404 });
    const { body: after } = await desk.get(`/api/tickets/${id}`);
    const looked = after.history.filter((event) => event.kind === 'revealed');
    expect(looked).toHaveLength(4);
    expect(looked[0]).toMatchObject({ by: { agent: '8002', name: '小王' }, target: 'summary#0' });
  });

  it('gives out what the customer sent: a picture to look at, anything else to keep', async () => {
    const desk = await openDesk();
    const files = [
      { id: 'p1', kind: 'image', contentType: 'image/png', name: '箱子.png', size: 3, url: '/v3/x' },
      { id: 'h1', kind: 'file', contentType: 'text/html', name: 'x.html', size: 3, url: '/v3/y' },
    ] as const;
    const { id } = await desk.open({}, '看图', files);
    for (const file of files) await desk.store.putAttachment(HERE, file, Uint8Array.of(1, 2, 3));
    const { body } = await desk.get(`/api/tickets/${id}`);
    const [picture, page] = body.transcript[0]!.attachments;
    expect(picture).toMatchObject({ id: 'p1', kind: 'image', name: '箱子.png', size: 3, url: '/api/attachments/p1' });
    const fetched = (url: string) => fetch(desk.url + url, { headers: { authorization: `Bearer ${TOKEN}` } });
    const shown = await fetched(picture!.url);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    const kept = await fetched(page!.url);
    expect(kept.headers.get('content-type')).toBe('application/octet-stream');
    expect(kept.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await fetched('/api/attachments/none')).status).toBe(404);
  });
});

describe('the actions', () => {
  it('lead from claim to resolved and back, and the customer hears of it', async () => {
    const desk = await openDesk();
    const { id } = await desk.open();
    const act = (name: string, body: object) => desk.post(`/api/tickets/${id}/${name}`, body);
    expect((await act('claim', LI)).body).toMatchObject({ id, status: 'claimed', owner: LI });
    expect((await act('reply', { agent: '8001', text: '您好,已为您核实' })).body).toMatchObject({ status: 'waiting' });
    expect((await act('note', { agent: '8002', text: '财务周一回复' })).body).toMatchObject({ status: 'waiting' });
    expect((await act('resolve', { agent: '8001', result: '已到账' })).body).toMatchObject({
      status: 'resolved',
      resolved_at: NOW,
    });
    expect((await act('reopen', { agent: '8002', reason: '客户仍未收到' })).body).toMatchObject({
      status: 'open',
      owner: null,
      resolved_at: null,
      promised_at: '2026-11-23T04:00:00.000Z',
    });
    const { body } = await act('transfer', { agent: '8002', desk: 'claims', reason: '有理赔' });
    expect(body).toMatchObject({ desk: 'claims', status: 'open', promised_at: '2026-11-23T06:00:00.000Z' });
    expect(body.history.map((event) => [event.kind, event.by?.name ?? null, event.text])).toEqual([
      ['opened', null, '货款超过15天未到账'],
      ['claimed', '小李', ''],
      ['replied', '小李', '您好,已为您核实'],
      ['noted', '小王', '财务周一回复'],
      ['resolved', '小李', '已到账'],
      ['reopened', '小王', '客户仍未收到'],
      ['transferred', '小王', '有理赔'],
    ]);
    expect((await desk.said()).slice(2)).toEqual([
      `bot: claimed ${id} 小李`,
      'agent: 您好,已为您核实',
      `bot: resolved ${id} 小李`,
      `bot: reopened ${id} 小王`,
      `bot: transferred ${id} 小王`,
    ]);
    expect((await desk.store.log(HERE, 0, 100)).find(({ from }) => from.role === 'agent')?.from).toEqual({
      role: 'agent',
      id: '8001',
      name: '小李',
    });
  });

  it('let one of two win who claim at once, and tell the other who', async () => {
    const desk = await openDesk();
    const { id } = await desk.open();
    const crowd = [LI, WANG, { agent: '9001', name: '小张' }, { agent: '9002', name: '小赵' }];
    const answers = await Promise.all(crowd.map((agent) => desk.post(`/api/tickets/${id}/claim`, agent)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const winner = answers.find(({ status }) => status === 200)!.body.owner!;
    for (const { status, body } of answers) {
      if (status === 200) continue;
      expect(body.error.code).toBe('taken');
      expect(body.error.message).toContain(winner.name);
    }
    const said = (await desk.said()).filter((line) => line.startsWith('bot: claimed'));
    expect(said).toEqual([`bot: claimed ${id} ${winner.name}`]);
  });

  it('are decided anew when somebody else was faster between reading and writing', async () => {
    let faster: (() => Promise<unknown>) | null = null;
    const desk = await openDesk({}, (store) => ({
      ...store,
      commitTicket: async (change) => {
        const first = faster;
        faster = null;
        await first?.();
        return store.commitTicket(change);
      },
    }));
    const { id } = await desk.open();
    faster = () => desk.post(`/api/tickets/${id}/note`, { agent: '8002', text: '已电话核实' });
    expect((await desk.post(`/api/tickets/${id}/claim`, LI)).body).toMatchObject({ status: 'claimed', owner: LI });
    const { id: other } = await desk.open({ waybill: '2' });
    faster = () => desk.post(`/api/tickets/${other}/claim`, WANG);
    const late = await desk.post(`/api/tickets/${other}/reply`, { agent: '8001', text: '您好' });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'taken' } } });
    expect((await desk.said()).filter((line) => line.startsWith('agent:'))).toEqual([]);
  });

  it('give up on a ticket that never stands still', async () => {
    const desk = await openDesk({}, (store) => ({ ...store, commitTicket: () => Promise.resolve('stale') }));
    const { id } = await desk.open();
    const answer = await desk.post(`/api/tickets/${id}/claim`, LI);
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'busy' } } });
  });

  it('have one effect for a reply that is sent twice, even at once', async () => {
    const desk = await openDesk();
    const { id } = await desk.open();
    const reply = { agent: '8001', text: '您好', client_id: 'k-1' };
    const send = (body: object) => desk.post(`/api/tickets/${id}/reply`, body);
    const answers = await Promise.all([send(reply), send(reply), send(reply)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await send({ ...reply, client_id: 'k-2' });
    expect((await desk.said()).filter((line) => line.startsWith('agent:'))).toEqual(['agent: 您好', 'agent: 您好']);
  });

  it('take any number for an agent, and know the listed ones by name', async () => {
    const desk = await openDesk();
    const one = await desk.open();
    const two = await desk.open({ waybill: '2' });
    const three = await desk.open({ waybill: '3' });
    const claim = async (id: string, body: object) => (await desk.post(`/api/tickets/${id}/claim`, body)).body.owner;
    expect(await claim(one.id, { agent: '8001', name: '冒名' })).toEqual(LI);
    expect(await claim(two.id, { agent: '7777', name: '新同事' })).toEqual({ agent: '7777', name: '新同事' });
    expect(await claim(three.id, { agent: 7778 })).toEqual({ agent: '7778', name: '7778' });
    const { body } = await desk.post(`/api/tickets/${two.id}/reply`, { agent: '7777', text: '好的' });
    expect(body.history.at(-1)).toMatchObject({ kind: 'replied', by: { agent: '7777', name: '新同事' } });
  });

  it('are refused in the wrong state, for an unknown ticket and to an unknown desk', async () => {
    const desk = await openDesk();
    const { id } = await desk.open();
    const code = async (path: string, body: object): Promise<unknown> => {
      const answer = await desk.post(`/api/tickets/${path}`, body);
      return [answer.status, answer.body.error.code];
    };
    expect(await code(`${id}/reopen`, { agent: '8001', reason: '误操作' })).toEqual([409, 'wrong-state']);
    expect(await code('T-9/claim', LI)).toEqual([404, 'unknown-ticket']);
    expect(await code(`${id}/transfer`, { agent: '8001', desk: 'nowhere', reason: '?' })).toEqual([
      400,
      'unknown-desk',
    ]);
    await desk.post(`/api/tickets/${id}/resolve`, { agent: '8001', result: '好了' });
    expect(await code(`${id}/reply`, { agent: '8001', text: '在吗' })).toEqual([409, 'wrong-state']);
  });

  it.each([
    ['claim', {}],
    ['claim', { agent: '  ' }],
    ['reply', { agent: '8001' }],
    ['reply', { agent: '8001', text: '字'.repeat(4001) }],
    ['note', { agent: '8001', text: ['a'] }],
    ['transfer', { agent: '8001', desk: 'claims' }],
    ['resolve', { agent: '8001', result: ' ' }],
    ['reveal', { agent: '8001' }],
    ['claim', null],
  ])('are refused with a sentence for a body that does not fit: %s %o', async (action, body) => {
    const desk = await openDesk();
    const { id } = await desk.open();
    const answer = await desk.post(`/api/tickets/${id}/${action}`, body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad-request' } } });
    expect(answer.body.error.message).toMatch(/[一-龥]/);
  });

  it('are refused for what is no JSON, or too long', async () => {
    const desk = await openDesk();
    const { id } = await desk.open();
    const send = (body: string) =>
      fetch(`${desk.url}/api/tickets/${id}/note`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${TOKEN}` },
      });
    expect((await send('{"agent":')).status).toBe(400);
    expect((await send('')).status).toBe(400);
    const long = await send(JSON.stringify({ agent: '8001', text: 'a'.repeat(100_000) }));
    expect([long.status, ((await long.json()) as Body).error.code]).toEqual([413, 'too-large']);
  });

  it('stand even where the words for the customer cannot be made', async () => {
    const desk = await openDesk({ announce: () => Promise.reject(new Error('no phrase')) });
    const { id } = await desk.open();
    expect((await desk.post(`/api/tickets/${id}/claim`, LI)).body).toMatchObject({ status: 'claimed' });
  });
});

describe('the rest of the desk', () => {
  it('counts what each desk has, and lists the agents', async () => {
    const desk = await openDesk();
    await desk.open();
    const { id } = await desk.open({ waybill: '2' });
    await desk.post(`/api/tickets/${id}/claim`, LI);
    const { body } = await desk.get('/api/desks');
    expect(body.desks[0]).toEqual({ id: 'payments', title: '代收货款部', open: 1, claimed: 1, waiting: 0 });
    expect(body.agents[1]).toEqual({ number: '8002', name: '小王', desks: ['payments', 'claims'] });
  });

  it('tells what is wrong with the knowledge', async () => {
    const problem = { path: 'intents/x.yml', line: 1, message: { zh: '错', en: 'wrong' } };
    const desk = await openDesk({ problems: () => [problem] });
    expect((await desk.get('/api/problems')).body).toEqual({ problems: [problem] });
    const quiet = await openDesk();
    expect((await quiet.get('/api/problems')).body).toEqual({ problems: [] });
  });
});
