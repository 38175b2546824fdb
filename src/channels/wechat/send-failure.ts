import type { SendFailure } from './wire.ts';

/** What WeChat says to those who write too much. */
const TOO_OFTEN = /操作过于频繁|操作太频繁|频率|too (?:often|frequent)|rate limit/i;
/** The call never left this machine, or nobody was logged in to send it. */
const UNSENT = /No connection established|ECONNREFUSED|not logged in|no grpc|未登录|failed to connect/i;
const REFUSED = /不是好友|非好友|拒收|not (?:a )?friend|not found|no payload|不存在|not exist|forbidden|已被移出/i;

/** Only what surely did not arrive may be sent again. */
export function sendFailureOf(error: unknown): SendFailure {
  const what = (error instanceof Error ? error.message : String(error)).slice(0, 200);
  if (TOO_OFTEN.test(what)) return { how: 'too-often', what };
  if (UNSENT.test(what)) return { how: 'unsent', what };
  if (REFUSED.test(what)) return { how: 'refused', what };
  return { how: 'unknown', what };
}
