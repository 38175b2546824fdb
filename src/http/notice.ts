import type { Response } from 'express';

/** A small page with a plain sentence, for people who came to an address where there is no page. */
export function notice(res: Response, status: number, title: string, sentence: string): void {
  res.status(status).set('cache-control', 'no-store').type('html').send(`<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<h1>${title}</h1>
<p>${sentence}</p>
<p><a href="/">返回在线客服</a></p>
</html>
`);
}
