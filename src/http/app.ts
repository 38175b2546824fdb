import { randomUUID } from 'node:crypto';
import express from 'express';
import type { RequestHandler, Router } from 'express';
import helmet from 'helmet';
import type { Log } from '../core/log.ts';
import { lastResort, notFound } from './failure.ts';
import { createHealth } from './health.ts';
import type { HealthDeps } from './health.ts';
import { createPages } from './pages.ts';

export interface AppDeps extends HealthDeps {
  /** In the order in which they are asked. Each sets the limits of its own bodies. */
  readonly routers: readonly { readonly path: string; readonly router: Router }[];
  /** The built pages, `web/dist`. */
  readonly pagesDir: string;
}

export function createApp(deps: AppDeps): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestId(deps.log));
  app.use(safeHeaders());
  app.use(createHealth(deps));
  for (const { path, router } of deps.routers) app.use(path, router);
  app.use(createPages(deps.pagesDir));
  app.use(notFound);
  app.use(lastResort(deps.log));
  return app;
}

/** Only the pattern of a route is logged: an address may hold anything somebody typed. */
function requestId(log: Log): RequestHandler {
  return (req, res, next) => {
    const request = randomUUID();
    const began = performance.now();
    res.set('x-request-id', request);
    res.on('finish', () => {
      const route: unknown = (req.route as { path?: unknown } | undefined)?.path;
      log.debug(
        {
          request,
          method: req.method,
          route: typeof route === 'string' ? req.baseUrl + route : '',
          status: res.statusCode,
          ms: Math.round(performance.now() - began),
        },
        'answered',
      );
    });
    next();
  };
}

function safeHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'font-src': ["'self'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'media-src': ["'self'", 'blob:'],
        // Older iOS, and so older WeChat, does not count WebSockets under 'self'.
        'connect-src': ["'self'", 'ws:', 'wss:'],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'self'"],
      },
    },
    // Whether there is TLS is known to the proxy in front of us, not to us.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
