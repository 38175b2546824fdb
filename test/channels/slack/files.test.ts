import { afterEach, beforeEach, expect, it } from 'vitest';
import { RefusedError } from '../../../src/core/errors.ts';
import { envelope, messageEvent } from '../../slack-api/signed.ts';
import { BOT_TOKEN, type KeptFile, newFileId, TEAM } from '../../slack-api/workspace.ts';
import { serve, type Served, until } from './served.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const DM = 'D0ALICE';
const ALICE = 'U0ALICE';
const alice = `slack:${TEAM}/${DM}//${ALICE}` as const;

let served: Served;
beforeEach(async () => void (served = await serve()));
afterEach(() => served.stop());

function fileIn(slack: Served['slack'], name: string, bytes: Buffer, more: Partial<KeptFile> = {}): KeptFile {
  const id = newFileId();
  const url = new URL(`/files/${id}`, slack.apiUrl).href;
  const file = {
    id,
    name,
    title: name,
    mimetype: 'image/png',
    size: bytes.length,
    url_private_download: url,
    bytes,
    ...more,
  };
  slack.files.set(id, file);
  return file;
}

it('keeps a picture with the message, by what its bytes are', async () => {
  const file = fileIn(served.slack, '../破损.exe', PNG, { mimetype: 'application/x-msdownload' });
  const { status, message } = await served.writes(DM, ALICE, '货破损了', { subtype: 'file_share', files: [file] });
  expect(status).toBe(200);
  const [line] = await served.store.log(alice, 0, 1);
  const id = `slack-${DM}-${message.ts}-${file.id}`;
  expect(line).toMatchObject({
    text: '货破损了',
    attachments: [
      {
        id,
        kind: 'image',
        contentType: 'image/png',
        name: '破损.png',
        size: PNG.length,
        url: `/api/attachments/${id}`,
      },
    ],
  });
  expect(Buffer.from((await served.store.attachment(id))!.bytes)).toEqual(PNG);
});

it('keeps no program, no page, nothing too large and not more than 3, and says that something was unreadable', async () => {
  const files = [
    fileIn(served.slack, 'setup.png', Buffer.from('MZ\u0090\u0000\u0003')),
    fileIn(served.slack, 'page.png', Buffer.from('<!DOCTYPE html><script>')),
    fileIn(served.slack, 'large.png', Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]), { size: 100 }),
    fileIn(served.slack, 'fourth.png', PNG),
  ];
  await served.writes(DM, ALICE, '', { subtype: 'file_share', files });
  const waiting = (await served.store.conversation(alice))!.waiting;
  expect(waiting).toMatchObject([{ attachments: [], context: { nature: 'unreadable' } }]);
});

it('keeps the message in time when its file is slow, and the bytes when they come', async () => {
  const file = fileIn(served.slack, '破损.png', PNG);
  served.slack.fileDelay = 2000;
  const { status, message } = await served.writes(DM, ALICE, '货破损了', { subtype: 'file_share', files: [file] });
  // On a machine that has no time at all Slack has to ask once more.
  if (status !== 200) await until(async () => (await served.event(envelope(messageEvent(DM, message)), 1)) === 200);
  const id = `slack-${DM}-${message.ts}-${file.id}`;
  expect((await served.store.log(alice, 0, 1))[0]).toMatchObject({ attachments: [{ id, kind: 'image' }] });
  await until(async () => (await served.store.attachment(id)) !== null);
});

it('gives the bot’s token to Slack alone', async () => {
  const file = { id: 'F1', name: 'a.png', size: 3, mimetype: 'image/png' };
  for (const url of [
    'https://slack.com.evil.example/a',
    'https://evil.example/slack.com',
    'http://files.slack.com/a',
    'file:///etc/passwd',
    'not an address',
  ]) {
    await expect(served.platform.download({ ...file, url })).rejects.toMatchObject({ code: 'foreign-address' });
  }
  await expect(
    served.platform.download({ ...file, url: new URL('/files/none', served.slack.apiUrl).href }),
  ).rejects.toBeInstanceOf(RefusedError);
});

it('reads a sign-in page, given where the scope is missing, as no file', async () => {
  const file = fileIn(served.slack, 'a.png', PNG);
  const bare = await serve({ slack: served.slack, botToken: ' ', start: false });
  await expect(
    bare.platform.download({ id: file.id, name: 'a.png', size: 1, mimetype: '', url: file.url_private_download }),
  ).rejects.toMatchObject({
    code: 'unsupported-type',
  });
  await bare.stop();
  expect(BOT_TOKEN).not.toBe(' ');
});
