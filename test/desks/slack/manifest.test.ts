import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SCOPES } from '../../../src/channels/slack/identity.ts';
import type { SlackConnection } from '../../../src/desks/slack/connection.ts';
import { openSlackDesk } from './setup.ts';
import { createFarSide } from './far-side.ts';

interface Manifest {
  readonly features: {
    readonly shortcuts: readonly { readonly callback_id: string; readonly type: string }[];
    readonly slash_commands: readonly { readonly command: string; readonly url: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url: string; readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url: string };
  };
}

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'slack.md'), 'utf8');
const manifest = parse(/```yaml\n(display_information[^`]+)```/.exec(page)![1]!) as Manifest;

describe('the manifest in docs/slack.md', () => {
  it('lists the commands, the shortcut and the events that the desk listens to', async () => {
    const heard = { command: [] as string[], shortcut: [] as string[], event: [] as string[] };
    const note = (kind: keyof typeof heard) => (name: unknown) => void heard[kind].push(String(name));
    const far = createFarSide();
    const app = {
      ...{ action: () => {}, view: () => {} },
      ...{ command: note('command'), shortcut: note('shortcut'), event: note('event') },
    } as unknown as SlackConnection['app'];
    await openSlackDesk({ slack: { ...far.connection, app } });
    const { shortcuts, slash_commands } = manifest.features;
    expect(slash_commands.map(({ command }) => command).sort()).toEqual(heard.command.sort());
    expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual(heard.shortcut);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(expect.arrayContaining(heard.event));
  });

  it('asks for the scope behind each event, and sends everything to one address', () => {
    const { bot } = manifest.oauth_config.scopes;
    const { event_subscriptions, interactivity } = manifest.settings;
    const needed = {
      'message.channels': 'channels:history',
      'message.groups': 'groups:history',
      'message.im': 'im:history',
    };
    for (const [event, scope] of Object.entries(needed)) {
      expect(event_subscriptions.bot_events).toContain(event);
      expect(bot).toContain(scope);
    }
    expect(bot).toEqual([...SCOPES, 'commands'].sort());
    const addresses = [event_subscriptions, interactivity].map(({ request_url }) => request_url);
    addresses.push(...manifest.features.slash_commands.map(({ url }) => url));
    expect(new Set(addresses)).toEqual(new Set(['https://kefu.example.com/slack/events']));
  });
});
