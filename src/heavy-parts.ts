/** Parts of the program whose libraries take a moment to load. */
export { createWebchat } from './channels/webchat/webchat.ts';
export { createWebDesk } from './desks/web/web-desk.ts';
export { createHttpServer } from './http/http-server.ts';
export { createMetrics } from './http/metrics.ts';
export { DATABASE_FILE } from './store/open-database.ts';
export { openSqliteStore } from './store/open-sqlite.ts';
