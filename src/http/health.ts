import { Router } from 'express';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { bearerOf, sameSecret } from '../core/secret.ts';
import type { Metrics } from './metrics.ts';

/** Whether we can work, and what stands in the way: `{database: "ok", knowledge: "ok", problems: 0}`. */
export interface Readiness {
  readonly ok: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface HealthDeps {
  readonly ready: () => Promise<Readiness>;
  readonly closing: () => boolean;
  readonly metrics: Metrics;
  readonly deskToken: string;
  readonly log: Log;
}

/** A database that has not answered by then is not ready. */
const PATIENCE_MS = 3000;

/** `/healthz`: the process answers. `/readyz`: it can work. `/metrics`: figures, for those who have the desk token. */
export function createHealth({ ready, closing, metrics, deskToken, log }: HealthDeps): Router {
  const router = Router();

  router.get('/healthz', (_req, res) => {
    res.set('cache-control', 'no-store').json({ status: 'ok' });
  });

  router.get('/readyz', async (_req, res) => {
    const { ok, detail } = closing() ? { ok: false, detail: { closing: true } } : await askPatiently(ready, log);
    res
      .status(ok ? 200 : 503)
      .set('cache-control', 'no-store')
      .json({ status: ok ? 'ready' : 'not-ready', ...detail });
  });

  router.get('/metrics', async (req, res) => {
    if (!sameSecret(bearerOf(req.headers.authorization) ?? '', deskToken)) {
      res.status(401).set('www-authenticate', 'Bearer');
      res.json({ error: { code: 'unauthorized', message: '请提供坐席口令（DESK_TOKEN）' } });
      return;
    }
    res
      .set('cache-control', 'no-store')
      .set('content-type', metrics.contentType)
      .send(await metrics.render());
  });
  return router;
}

async function askPatiently(ready: () => Promise<Readiness>, log: Log): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
  });
  try {
    return await Promise.race([ready(), late]);
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'readiness could not be told');
    return { ok: false, detail: {} };
  } finally {
    clearTimeout(timer);
  }
}
