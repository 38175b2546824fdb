import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../src/store/open-sqlite.ts';
import { openDesk, sampleClock } from '../../wechat-gateway/desk.ts';
import { openGateway } from '../../wechat-gateway/gateway.ts';

it('another login gives other ids: the remark joins the story, a new proof is asked for, and nobody else hears anything', async () => {
  const clock = sampleClock();
  const gateway = await openGateway({ now: () => clock.now().getTime() });
  const store = await openSqliteStore({ path: ':memory:' });
  gateway.person('old-wang', '王老板', { remark: 'C1024 王' });
  gateway.person('old-li', '李姐');
  let desk = await openDesk(gateway, store, { clock });
  onTestFinished(async () => {
    await desk.close();
    await gateway.kill();
    await store.close();
  });
  let seen = 0;
  const ask = async (who: string, text: string): Promise<string> => {
    const id = gateway.say(who, null, text);
    await desk.settled('', [who, 'old-wang', 'old-li'], [id]);
    const fresh = gateway.written.slice(seen).filter(({ to }) => to === who);
    expect(gateway.written.slice(seen)).toEqual(fresh);
    seen = gateway.written.length;
    return fresh.map((one) => one.text).join('\n');
  };

  for (const who of ['old-wang', 'old-li']) {
    expect(await ask(who, '12345678的代收货款返了没有')).toContain('后4位');
    expect(await ask(who, '5678')).toContain('3860元');
  }

  // The company logs in anew: all ids are other ones, and somebody takes 王老板 for a name.
  gateway.forget('old-wang');
  gateway.forget('old-li');
  gateway.person('new-wang', '王老板', { remark: 'C1024 王' });
  gateway.person('new-li', '李姐');
  gateway.person('thief', '王老板');
  await desk.close();
  desk = await openDesk(gateway, store, { clock });

  for (const who of ['new-wang', 'new-li', 'thief']) {
    const told = await ask(who, '12345678的代收货款返了没有');
    expect(told).toContain('后4位');
    expect(told).not.toContain('3860');
  }
  expect(await ask('new-wang', '5678')).toContain('3860元');
  expect(await store.conversation('wechat:new-wang')).toBeNull();
  expect((await store.conversation('wechat:old-wang'))?.tickets).toHaveLength(1);
  // A name is no proof of anything: these two began anew.
  expect((await store.conversation('wechat:new-li'))?.tickets).toHaveLength(0);
  expect((await store.conversation('wechat:thief'))?.tickets).toHaveLength(0);
}, 60_000);
