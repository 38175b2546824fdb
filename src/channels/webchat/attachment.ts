import type { Response } from 'express';
import type { Attachment, ConversationId } from '../../core/message.ts';
import type { Passes } from './token.ts';

/** Whoever has this address may see the file: it is given only to the conversation and its desk. */
export function attachmentPath(passes: Passes, conversation: ConversationId, id: string): string {
  return `/v3/directline/attachments/${encodeURIComponent(id)}/${passes.seal(conversation, id)}`;
}

/** The addresses of a conversation's files as one client reaches them. */
export function linksFrom(
  passes: Passes,
  conversation: ConversationId,
  origin: string,
): (attachment: Attachment) => string {
  return ({ id }) => origin + attachmentPath(passes, conversation, id);
}

/** Sends a file so that a browser shows or saves it, but never runs it. */
export function giveOut(response: Response, attachment: Attachment, bytes: Uint8Array): void {
  const shown = attachment.kind === 'file' ? 'attachment' : 'inline';
  const name = encodeURIComponent(attachment.name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  response.set({
    'Content-Type': attachment.contentType,
    'Content-Disposition': `${shown}; filename*=UTF-8''${name}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'private, max-age=86400, immutable',
  });
  response.end(bytes);
}
