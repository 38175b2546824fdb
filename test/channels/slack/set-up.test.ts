import { afterEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../../../src/channels/slack/identity.ts';
import { APP_TOKEN, TEAM } from '../../slack-api/workspace.ts';
import { startSlackApi } from '../../slack-api/slack-api.ts';
import { serve, type Served, until } from './served.ts';

let served: Served;
afterEach(async () => {
  await served.stop();
  await served.slack.close().catch(() => {});
});

/** Starts with something wrong, and gives what is said about it. */
async function told(options: Parameters<typeof serve>[0], wrong?: (slack: Served['slack']) => void): Promise<string[]> {
  const slack = await startSlackApi();
  wrong?.(slack);
  served = await serve({ slack, start: false, beatMs: 20, ...options });
  served.platform.start();
  await until(() => served.told.length > 0);
  // Time enough for the same sentence to be said again.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return served.told;
}

describe('one clear sentence in Chinese and English, said once, that names what to do', () => {
  it('a wrong bot token', async () => {
    const lines = await told({ botToken: 'xoxb-wrong' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/SLACK_BOT_TOKEN.*重新安装.*\(.*SLACK_BOT_TOKEN: reinstall the app/);
    expect(lines[0]).not.toContain('xoxb-wrong');
  });

  it('a wrong app token', async () => {
    const lines = await told({ appToken: 'xapp-wrong' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/SLACK_APP_TOKEN/);
  });

  it('Socket Mode that is switched off', async () => {
    const lines = await told({ appToken: APP_TOKEN }, (slack) =>
      slack.faults.push({ method: 'apps.connections.open', kind: 'error', value: 'link_disabled', times: 100 }),
    );
    expect(lines[0]).toMatch(/打开 Socket Mode.*\(.*turn it on/);
  });

  it('missing scopes, each by its name', async () => {
    const lines = await told(
      {},
      (slack) => (slack.scopes = SCOPES.filter((scope) => !/files|mpim:read/.test(scope)).join(',')),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/files:read, files:write, mpim:read：.*OAuth & Permissions.*\(.*reinstall/);
  });

  it('no signing secret and no app token', async () => {
    const lines = await told({ signingSecret: undefined });
    expect(lines[0]).toMatch(/SLACK_SIGNING_SECRET.*Signing Secret.*\(.*SLACK_SIGNING_SECRET is not set/);
    expect((await served.post({ body: '{}', headers: {} })).status).toBe(401);
  });

  it('Slack that cannot be reached', async () => {
    const slack = await startSlackApi();
    const restore = await slack.goDown();
    const lines = await told({ slack });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/连不上 Slack.*不会丢.*\(.*cannot be reached/);
    await restore();
    await until(() => served.platform.botUserId() !== null);
  });

  it('nothing where nothing is wrong', async () => {
    served = await serve({ slack: await startSlackApi(), beatMs: 20 });
    await until(async () => (await served.store.setting('slack.heard')) !== null);
    expect(served.told).toEqual([]);
  });
});

it('tells a desk which channels there are, and what to do where one is missing', async () => {
  served = await serve({ slack: await startSlackApi() });
  served.slack.channel('C0CLAIMS', { name: 'freight-claims' });
  served.slack.channel('C0TRACING', { name: 'freight-tracing', is_member: false });
  const { platform } = served;
  expect(await platform.findChannel('#freight-claims')).toEqual({ id: 'C0CLAIMS', member: true });
  expect(await platform.findChannel('C0TRACING')).toEqual({ id: 'C0TRACING', member: false });
  expect(await platform.findChannel('#nowhere')).toBeNull();
  expect(platform.explain('not_in_channel', '#freight-tracing')).toMatch(
    /#freight-tracing.*\/invite.*\(.*type \/invite/,
  );
  expect(platform.explain('channel_not_found', '#nowhere')).toMatch(
    /没有频道 #nowhere.*desks\.yml.*\(.*no channel #nowhere/,
  );
  expect(platform.explain('odd_error', 'chat.postMessage')).toMatch(/odd_error/);
});

it('goes on taking messages in while Slack does not accept our token', async () => {
  served = await serve({ slack: await startSlackApi(), botToken: 'xoxb-revoked', start: false, beatMs: 20 });
  served.platform.start();
  await until(() => served.told.length > 0);
  const { status } = await served.writes('D0ALICE', 'U0ALICE', '在吗');
  expect(status).toBe(200);
  expect(await served.log(`slack:${TEAM}/D0ALICE//U0ALICE`)).toEqual(['在吗']);
});
