import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressee, readEvent } from '../../../src/channels/slack/event.ts';

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'slack');
const fixture = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

const alice = { kind: 'new', team: 'T0FREIGHT', channel: 'D0ALICE', direct: true, thread: null, user: 'U0ALICE' };
const freight = { ...alice, channel: 'C0FREIGHT', direct: false };
const ts = '1795000000.000100';
const thread = '1794999000.000100';

/** Every kind of event that Slack sends us, and what we make of it; null: nothing that anybody said. */
const KINDS: Readonly<Record<string, object | null>> = {
  'message-im': { ...alice, ts, text: '查一下12345678到哪了', at: '2026-11-18T11:06:40.000Z' },
  'message-im-thread': { ...alice, thread },
  'message-channel': { ...freight, text: '大家好' },
  'message-channel-mention': { ...freight, ts, text: '<@U0BOT> 查一下12345678' },
  'app-mention': { ...freight, ts, text: '<@U0BOT> 查一下12345678' },
  'message-channel-thread': { ...freight, thread },
  'message-file-share': {
    ...alice,
    text: '货破损了',
    files: [{ id: 'F0PIC', name: '破损.png', size: 70, mimetype: 'image/png' }],
  },
  'message-thread-broadcast': { ...freight, thread },
  'message-me': { ...alice, text: '等得着急' },
  'message-forwarded': { ...alice, text: '帮我看看这个\n单号 12345678 外包装破损' },
  'message-empty': { ...alice, text: '' },
  'message-changed': { ...alice, kind: 'edited', ts, text: '查一下12345679到哪了', at: '2026-11-18T11:07:40.000Z' },
  'message-deleted': { ...alice, kind: 'deleted', ts, text: '' },
  'message-tombstone': { ...freight, kind: 'deleted', ts },
  'message-own': { ...alice, user: 'U0BOT' },
  'message-changed-unfurl': null,
  'message-replied': null,
  'message-bot': null,
  'message-app-as-user': null,
  'message-slackbot': null,
  'message-channel-join': null,
  'message-odd': null,
  'app-home-opened': null,
  'app-uninstalled': null,
  'file-shared': null,
  'member-joined-channel': null,
  'reaction-added': null,
  'url-verification': null,
};

it('has a fixture for every kind it reads, and reads every fixture', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(names.map((name) => name.replace('.json', '')).sort()).toEqual(Object.keys(KINDS).sort());
});

it.each(Object.entries(KINDS))('reads %s', (name, expected) => {
  const heard = readEvent(fixture(name));
  if (expected === null) expect(heard).toBeNull();
  else expect(heard).toMatchObject(expected);
});

it('knows from the envelope who we are', () => {
  expect(addressee(fixture('message-im'))).toBe('U0BOT');
  expect(addressee(fixture('url-verification'))).toBeNull();
});

it('takes anything at all without throwing', () => {
  const event = fixture('message-changed') as { event: Record<string, unknown> };
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(event.event)), fc.jsonValue(), (key, value) => {
      readEvent({ ...event, event: { ...event.event, [key]: value } });
    }),
  );
  fc.assert(fc.property(fc.jsonValue(), (body) => readEvent(body) === null));
});
