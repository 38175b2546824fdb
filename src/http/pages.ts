import { join } from 'node:path';
import { Router, static as files } from 'express';
import type { Response } from 'express';
import { notice } from './notice.ts';

/** The built pages: `/` for customers, `/desk` for agents, their assets kept by browsers for a year. */
export function createPages(dir: string): Router {
  const router = Router();
  router.get('/', (_req, res) => sendPage(res, dir, 'index.html'));
  router.get('/desk', (_req, res) => sendPage(res, dir, 'desk.html'));
  // The names of assets carry a hash of what is in them.
  router.use('/assets', files(join(dir, 'assets'), { index: false, immutable: true, maxAge: '1y' }));
  router.get('/favicon.ico', (_req, res) => void res.status(204).end());
  return router;
}

function sendPage(res: Response, root: string, file: string): void {
  res.sendFile(file, { root, cacheControl: false, headers: { 'cache-control': 'no-cache' } }, (error) => {
    if (error == null || res.headersSent) return;
    notice(res, 503, '页面还没有生成', '请管理员在程序目录运行 npm run build，然后刷新本页。客服服务本身已经启动。');
  });
}
