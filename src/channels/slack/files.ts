import { messageOf, RefusedError, UnreachableError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { type SentFile, sniff } from '../sniffed-file.ts';
import { type Call, UnansweredError } from './call.ts';
import type { SlackBytes, SlackFile, SlackPlatform } from './platform.ts';

export type Files = Pick<SlackPlatform, 'download' | 'upload'>;

const TRANSFER_MS = 30_000;

/** Files go over addresses that Slack names; the token goes to nobody else. */
export function createFiles(deps: {
  readonly call: Call;
  readonly log: Log;
  readonly botToken: string;
  readonly apiUrl: string | undefined;
  readonly attachmentMb: () => number;
}): Files {
  const { call, log, botToken, apiUrl } = deps;
  const isSlack = (address: string): boolean => {
    const url = URL.parse(address);
    if (url === null) return false;
    if (apiUrl && url.origin === URL.parse(apiUrl)?.origin) return true;
    return url.protocol === 'https:' && /(?:^|\.)slack(?:-files)?\.com$/.test(url.hostname);
  };

  async function transfer(address: string, init: RequestInit): Promise<Response> {
    if (!isSlack(address)) throw new RefusedError('foreign-address', 'a file at an address that is not Slack’s');
    let response: Response;
    try {
      response = await fetch(address, { ...init, signal: AbortSignal.timeout(TRANSFER_MS) });
    } catch (error) {
      throw new UnreachableError(`a file could not be moved: ${messageOf(error)}`);
    }
    if (response.ok) return response;
    await response.body?.cancel();
    if (response.status === 429 || response.status >= 500)
      throw new UnreachableError(`a file: status ${response.status}`);
    throw new RefusedError('file-gone', `a file: status ${response.status}`);
  }

  async function put({ name, bytes }: SentFile): Promise<string> {
    const place = await call('files.getUploadURLExternal', { filename: name, length: bytes.length }, { lane: 'files' });
    const { upload_url: address, file_id: id } = place;
    if (typeof address !== 'string' || typeof id !== 'string') throw new UnreachableError('no address to upload to');
    await (await transfer(address, { method: 'POST', body: Buffer.from(bytes) })).body?.cancel();
    return id;
  }

  return {
    async download(file) {
      const limit = deps.attachmentMb() * 1024 * 1024;
      if (file.size > limit) throw new RefusedError('too-large', 'a file is too large');
      const response = await transfer(file.url, { headers: { authorization: `Bearer ${botToken}` } });
      return told(file, await read(response, limit));
    },

    async upload({ channel, thread }, files) {
      const ids: string[] = [];
      for (const file of files) ids.push(await put(file));
      await call(
        'files.completeUploadExternal',
        {
          files: ids.map((id, index) => ({ id, title: files[index]?.title || files[index]?.name })),
          channel_id: channel,
          ...(thread === undefined ? {} : { thread_ts: thread }),
        },
        { lane: channel },
      );
      log.debug({ files: ids.length }, 'slack: files were posted');
      return ids;
    },
  };
}

async function read(response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) throw new RefusedError('too-large', 'a file is too large');
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new UnansweredError(`a file broke off: ${messageOf(error)}`);
  }
  return Buffer.concat(chunks);
}

/** Without the scope files:read Slack gives its sign-in page instead of the file: no kind of ours either. */
async function told({ name }: SlackFile, bytes: Buffer): Promise<SlackBytes> {
  const sniffed = await sniff({ name, bytes });
  if (sniffed === null) throw new RefusedError('unsupported-type', 'a file of a kind we do not keep');
  return sniffed;
}
