import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Log } from '../core/log.ts';
import { notice } from './notice.ts';

/** Programs read JSON below these, people read a page elsewhere. */
const FOR_PROGRAMS = /^\/(?:api|v3|slack|metrics|healthz|readyz)(?:\/|$)/;

export const notFound: RequestHandler = (req, res) => {
  tell(req, res, 404, 'not-found', '没有这个地址', '您访问的地址不存在，请核对后再试。');
};

/** The last handler: what nobody else told. Nothing of the error itself leaves the house. */
export function lastResort(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const status = statusOf(error);
    const request = String(res.getHeader('x-request-id'));
    if (status < 500) log.debug({ request, status }, 'a request was refused');
    else log.error({ request, error: error instanceof Error ? error.stack : String(error) }, 'a request failed');
    // Half an answer cannot be taken back: express cuts the connection.
    if (res.headersSent) return next(error);
    if (status < 500) tell(req, res, status, 'bad-request', '请求有误', '请求的格式不正确或内容过长，请核对后再试。');
    else tell(req, res, 500, 'internal', '服务暂时出错', `非常抱歉，请稍后再试。如需帮助，请提供编号 ${request}。`);
  };
}

function tell(req: Request, res: Response, status: number, code: string, title: string, sentence: string): void {
  if (FOR_PROGRAMS.test(req.path) || req.method !== 'GET') {
    res.status(status).json({ error: { code, message: `${title}：${sentence}` } });
  } else {
    notice(res, status, title, sentence);
  }
}

/** The status an express part gave the error; 500 for anything of our own. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
