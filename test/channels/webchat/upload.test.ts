import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, customer, type Customer, type WireError } from './customer.ts';
import { LIMITS, serve, type Served } from './served.ts';

let served: Served;
let one: Customer;
beforeEach(async () => {
  served = await serve();
  one = await customer(served.url);
});
afterEach(() => served.stop());

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
const AMR = Buffer.from('#!AMR\n\x3c\x91\x17', 'latin1');
const CFB = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

type Sent = { name: string; bytes: Buffer; type?: string };
const upload = (files: readonly Sent[], activity?: string | object, asFile = true) => {
  const form = new FormData();
  const json = typeof activity === 'object' ? JSON.stringify(activity) : activity;
  if (json !== undefined && asFile)
    form.append('activity', new Blob([json], { type: 'application/vnd.microsoft.activity' }));
  if (json !== undefined && !asFile) form.append('activity', json);
  for (const { name, bytes, type } of files)
    form.append('file', new Blob([new Uint8Array(bytes)], { type: type ?? 'image/png' }), name);
  return call<{ id: string } & WireError>(`${one.url}/upload?userId=dl_other`, {
    method: 'POST',
    token: one.token,
    body: form,
  });
};
const last = async () => (await one.poll()).activities.at(-1);

describe('an upload', () => {
  it.each([true, false])('is one message with its words and files (activity as a file part: %s)', async (asFile) => {
    const answer = await upload(
      [
        { name: '破损.png', bytes: PNG },
        { name: '单据.pdf', bytes: PDF },
      ],
      {
        type: 'message',
        text: '箱子破了',
        channelData: { clientActivityID: 'c-1' },
        attachments: [{ name: '破损.png', contentType: 'image/png' }],
      },
      asFile,
    );
    expect(answer.status).toBe(200);
    const activity = await last();
    expect(activity).toMatchObject({ id: answer.body.id, text: '箱子破了', channelData: { clientActivityID: 'c-1' } });
    expect(activity?.attachments?.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['破损.png', 'image/png'],
      ['单据.pdf', 'application/pdf'],
    ]);
    const [picture, paper] = await Promise.all(
      (activity?.attachments ?? []).map(({ contentUrl }) => fetch(contentUrl)),
    );
    expect(Buffer.from(await picture!.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(picture!.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('破损.png')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(paper!.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('may be one file as the body', async () => {
    const headers = { 'content-type': 'image/jpeg', 'content-disposition': 'name="file"; filename="a.jpeg"' };
    expect(
      await call(`${one.url}/upload?userId=x`, {
        method: 'POST',
        token: one.token,
        headers,
        body: new Uint8Array(PNG),
      }),
    ).toMatchObject({ status: 200 });
    expect((await last())?.attachments).toMatchObject([{ contentType: 'image/png', name: 'a.png' }]);
  });

  it('sent again is the same message with the same file', async () => {
    const again = { type: 'message', text: '', channelData: { clientActivityID: 'c-1' } };
    const answers = [
      await upload([{ name: 'a.png', bytes: PNG }], again),
      await upload([{ name: 'a.png', bytes: PNG }], again),
    ];
    expect(answers[1]?.body.id).toBe(answers[0]?.body.id);
    const { activities } = await one.poll();
    expect(activities).toHaveLength(1);
    expect((await fetch(activities[0]?.attachments?.[0]?.contentUrl ?? '')).status).toBe(200);
  });

  it('may be written into a posted activity', async () => {
    const attachments = [
      { contentType: 'image/png', contentUrl: `data:image/png;base64,${PNG.toString('base64')}`, name: 'x.png' },
    ];
    expect((await one.post({ type: 'message', text: '', attachments })).status).toBe(200);
    expect((await last())?.attachments).toMatchObject([{ contentType: 'image/png', name: 'x.png' }]);
  });

  it.each([
    ['x.exe', PNG, 'x.png', 'image/png'],
    ['../../etc/passwd', PDF, 'passwd.pdf', 'application/pdf'],
    ['C:\\照片\\a<b>.html', PNG, 'a_b_.png', 'image/png'],
    ['\u202egnp.exe', PNG, 'gnp.png', 'image/png'],
    ['..', AMR, 'file.amr', 'audio/amr'],
    ['合同.doc', CFB, '合同.doc', 'application/msword'],
    ['表.XLS', CFB, '表.xls', 'application/vnd.ms-excel'],
    ['字'.repeat(300), PNG, `${'字'.repeat(80)}.png`, 'image/png'],
  ])('named %j is called after what it is', async (name, bytes, shown, contentType) => {
    expect((await upload([{ name, bytes, type: 'text/html' }])).status).toBe(200);
    expect((await last())?.attachments).toMatchObject([{ name: shown, contentType }]);
  });

  it.each([
    ['a drawing with a script', [{ name: 'a.png', bytes: SVG, type: 'image/png' }], 415],
    ['a page', [{ name: 'a.png', bytes: Buffer.from('<!doctype html><script>1</script>') }], 415],
    ['a program', [{ name: 'a.doc', bytes: Buffer.from('MZ\x90\x00'.padEnd(300, '\0'), 'latin1') }], 415],
    ['an old office file under another name', [{ name: 'a.msi', bytes: CFB }], 415],
    ['an empty file', [{ name: 'a.png', bytes: Buffer.alloc(0) }], 415],
    [
      'one good and one bad file',
      [
        { name: 'a.png', bytes: PNG },
        { name: 'b.svg', bytes: SVG },
      ],
      415,
    ],
    [
      'a file that is too large',
      [{ name: 'a.png', bytes: Buffer.concat([PNG, Buffer.alloc(LIMITS.attachmentMb * 1024 * 1024)]) }],
      413,
    ],
    [
      'too many files',
      Array.from({ length: LIMITS.attachmentsPerMessage + 1 }, (_, n) => ({ name: `${n}.png`, bytes: PNG })),
      413,
    ],
    ['far too many files', Array.from({ length: 30 }, (_, n) => ({ name: `${n}.png`, bytes: PNG })), 413],
  ])('of %s is refused as a whole', async (_what, files, status) => {
    const answer = await upload(files, { type: 'message', text: '看一下' });
    expect(answer).toMatchObject({
      status,
      body: { error: { message: expect.stringMatching(/\p{Script=Han}/u) as string } },
    });
    expect((await one.poll()).activities).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['no activity', '[]'],
    ['too large', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) })],
  ])('with an activity that is %s is refused', async (_what, activity) => {
    for (const asFile of [true, false])
      expect([400, 413]).toContain((await upload([{ name: 'a.png', bytes: PNG }], activity, asFile)).status);
    expect((await one.poll()).activities).toEqual([]);
  });

  it.each([
    ['a form without a boundary', { 'content-type': 'multipart/form-data' }, 'x'],
    [
      'a form that breaks off',
      { 'content-type': 'multipart/form-data; boundary=b' },
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    ],
    ['a form with nothing in it', { 'content-type': 'multipart/form-data; boundary=b' }, '--b--\r\n'],
    [
      'a file without a name',
      { 'content-type': 'multipart/form-data; boundary=b' },
      '--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Type: image/png\r\n\r\nabc\r\n--b--\r\n',
    ],
    ['nothing', { 'content-type': 'image/png' }, ''],
  ])('of %s is refused', async (_what, headers, body) => {
    expect(await call(`${one.url}/upload`, { method: 'POST', token: one.token, headers, body })).toMatchObject({
      status: 400,
      body: { error: { code: 'BadArgument' } },
    });
  });
});

describe('the address of a file', () => {
  it('opens that file only', async () => {
    await upload([{ name: 'a.png', bytes: PNG }]);
    const other = await customer(served.url);
    const mine = new URL((await last())?.attachments?.[0]?.contentUrl ?? '');
    const [id, seal] = mine.pathname.split('/').slice(-2);
    const base = `${served.url}/v3/directline/attachments`;
    for (const path of [
      `${base}/${id}/x`,
      `${base}/${id}/`,
      `${base}/x/${seal}`,
      `${base}/${seal}/${id}`,
      `${base}/${id}/${other.token}`,
    ]) {
      expect(await call(path), path).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    }
  });
});
