import type { Contents } from '../store/check-database.ts';

/** What a backup holds, in one line. */
export function describeContents({ messages, tickets, waiting, queued, latest }: Contents): string {
  const until = latest === null ? '' : `，最后一条 latest ${latest}`;
  return `  ${messages} 条消息 messages${until}；${tickets} 张工单 tickets；待处理 waiting ${waiting}，待发送 to be sent ${queued}`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
