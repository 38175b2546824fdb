import type { IncomingMessage } from 'node:http';
import busboy from 'busboy';
import express, { type Request, type Response } from 'express';
import type { WebchatLimits } from './limits.ts';
import type { SentFile } from '../sniffed-file.ts';
import { badArgument, Failure, tooLarge } from './failure.ts';
import { JSON_BYTES, readBody } from './body.ts';

export interface Upload {
  /** The JSON of the `activity` part; undefined where there was none. */
  readonly activity: unknown;
  readonly files: readonly SentFile[];
}

/** Direct Line's two ways of sending files: parts of a form with an optional `activity` part, or one file as the body. */
export async function readUpload(request: Request, response: Response, limits: WebchatLimits): Promise<Upload> {
  if (request.is('multipart/form-data')) return readForm(request, limits);
  const bytes = await readBody(
    express.raw({ type: () => true, limit: limits.attachmentMb * 1024 * 1024 }),
    request,
    response,
  );
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw badArgument('the body is empty');
  return { activity: undefined, files: [{ name: nameIn(request.headers['content-disposition']), bytes }] };
}

function readForm(request: IncomingMessage, limits: WebchatLimits): Promise<Upload> {
  const { attachmentsPerMessage: count, attachmentMb: mb } = limits;
  const tooMany = (): Error => tooLarge(`一次最多发送 ${count} 个文件。`);
  return new Promise((resolve, reject) => {
    const files: SentFile[] = [];
    let activity: unknown;
    let received = 0;
    const fail = (error: unknown): void => {
      reject(error instanceof Failure ? error : badArgument('the form cannot be read'));
      request.unpipe(parser);
      request.resume(); // a browser reads our refusal only after it has sent everything
    };
    const readActivity = (json: string): void => {
      try {
        activity = JSON.parse(json);
      } catch {
        fail(badArgument('the activity part is not valid JSON'));
      }
    };

    let parser: busboy.Busboy;
    try {
      const sizes = {
        fileSize: mb * 1024 * 1024,
        files: count + 1,
        fieldSize: JSON_BYTES,
        fields: 10,
        parts: count + 11,
      };
      parser = busboy({ headers: request.headers, defParamCharset: 'utf8', limits: sizes });
    } catch {
      request.resume();
      return reject(badArgument('the form cannot be read'));
    }
    parser.on('file', (part, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = [];
      // A browser sends the activity as a file part, other clients as a field.
      const isActivity = part === 'activity' || mimeType === 'application/vnd.microsoft.activity';
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => fail(tooLarge(`文件太大了，单个文件最多 ${mb} MB。`)));
      stream.on('error', fail);
      stream.on('close', () => {
        const bytes = Buffer.concat(chunks);
        if (!isActivity) files.push({ name: filename ?? '', bytes });
        else if (bytes.length > JSON_BYTES) fail(tooLarge('消息太大了，请分几次发送。'));
        else readActivity(bytes.toString('utf8'));
      });
    });
    parser.on('field', (part, value, { valueTruncated, mimeType }) => {
      // A file without a name would be lost without a word.
      if (part !== 'activity')
        return mimeType === 'text/plain' ? undefined : fail(badArgument(`${part}: a file needs a filename`));
      if (valueTruncated) fail(tooLarge('消息太大了，请分几次发送。'));
      else readActivity(value);
    });
    parser.on('filesLimit', () => fail(tooMany()));
    parser.on('partsLimit', () => fail(tooMany()));
    parser.on('error', fail);
    parser.on('close', () => {
      if (files.length > count) fail(tooMany());
      else if (files.length === 0 && activity === undefined) fail(badArgument('the form holds no file'));
      else resolve({ activity, files });
    });
    request.on('aborted', () => reject(badArgument('the upload was broken off')));
    // Far beyond what is allowed nobody needs to be heard out.
    request.on(
      'data',
      (chunk: Buffer) => void ((received += chunk.length) > (count + 2) * mb * 1024 * 1024 * 2 && request.destroy()),
    );
    request.pipe(parser);
  });
}

function nameIn(disposition: string | undefined): string {
  const given = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
  return given ? Buffer.from(given, 'latin1').toString('utf8') : '';
}
