import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChannelStatus } from '../../core/channel.ts';
import type { Log } from '../../core/log.ts';
import type { FromGateway, GatewaySettings, Member, RawMessage, Saying, SendFailure, ToGateway } from './wire.ts';

export interface ConnectionStatus {
  readonly state: ChannelStatus['state'];
  readonly qrcode: string | null;
  readonly self: Member | null;
  /** What went wrong last; empty where nothing has. */
  readonly trouble: string;
  /** Instances started so far. */
  readonly builds: number;
}

export interface Connection {
  start(): void;
  status(): ConnectionStatus;
  /** Gives what went wrong, or null when the message went out. */
  say(what: Saying): Promise<SendFailure | null>;
  /** Ids of the contacts that have this remark of ours; null where that cannot be told now. */
  bearers(remark: string): Promise<readonly string[] | null>;
  stop(): Promise<void>;
}

type Answer = Extract<FromGateway, { n: number }>;
/** unasked: the question never left us. lost: it did, and nothing came back. */
interface Lost {
  readonly kind: 'unasked' | 'lost';
  readonly what: string;
}

/** How long each stage of an instance may take before it is ended and another one built; in ms. */
export interface Patience {
  /** A process loads its libraries in two seconds, and in many more where the machine has no time for it: it is not begun anew for that. */
  readonly loadingMs: number;
  /** A gateway may take us in and tell us nothing, where it thinks that the one before us is still there. */
  readonly firstSignMs: number;
  /** Later on, beyond `silenceMs`, after which an instance ends itself. */
  readonly graceMs: number;
}

export interface ConnectionDeps {
  readonly log: Log;
  /** The instance's own folder: memory of the login, caches. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly settings?: Partial<GatewaySettings>;
  readonly patience?: Partial<Patience>;
  /** How long to wait before the first and the last rebuild in a row, in ms. */
  readonly backOffMs?: readonly [number, number];
  onMessage(this: void, message: RawMessage): void;
  onJoined(this: void, room: { readonly id: string; readonly topic: string }, members: readonly Member[]): void;
  /** The state, or what it says, is another one. */
  onStatus(this: void, status: ConnectionStatus): void;
}

const DEFAULTS: GatewaySettings = { pingMs: 10_000, silenceMs: 35_000, fileBytes: 8 * 1024 * 1024 };
const ANSWER_LIMIT = 30_000;
const PATIENCE: Patience = { loadingMs: 120_000, firstSignMs: 30_000, graceMs: 10_000 };

/** Keeps an instance of wechaty alive in a process of its own: watches it, and builds another when it has died or gone silent. */
export function createConnection(deps: ConnectionDeps): Connection {
  const { log } = deps;
  const settings = { ...DEFAULTS, ...deps.settings };
  const patience = { ...PATIENCE, ...deps.patience };
  const [firstPause, longestPause] = deps.backOffMs ?? [1000, 60_000];
  const pending = new Map<number, (answer: Answer | Lost) => void>();
  let child: ChildProcess | null = null;
  let status: ConnectionStatus = { state: 'off', qrcode: null, self: null, trouble: '', builds: 0 };
  let failures = 0;
  let count = 0;
  let stopped = false;
  let rebuild: NodeJS.Timeout | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  function change(to: Partial<ConnectionStatus>): void {
    status = { ...status, ...to };
    deps.onStatus(status);
  }

  function build(): void {
    if (stopped) return;
    mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
    const made = fork(join(import.meta.dirname, 'gateway-process.ts'), [JSON.stringify(settings)], {
      cwd: deps.folder,
      // Its caches and locks lie in the home folder: its own one, so that no other wechaty on this machine is in the way.
      env: { WECHATY_LOG: 'silent', ...deps.env, HOME: deps.folder },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    child = made;
    change({ state: 'starting', qrcode: null, builds: status.builds + 1 });
    watch(made, patience.loadingMs);
    made.on('message', (message) => {
      if (made === child) hear(made, message as FromGateway);
    });
    made.on('error', (error) => log.error({ error: error.message }, 'the WeChat process could not be started'));
    made.once('exit', (code, signal) => {
      if (made === child) ended(code ?? signal ?? 'unknown');
    });
  }

  function hear(from: ChildProcess, message: FromGateway): void {
    if (message.kind !== 'trouble') watch(from, message.kind === 'loaded' ? patience.firstSignMs : undefined);
    switch (message.kind) {
      case 'loaded':
      case 'alive':
        return;
      case 'scan':
        if (message.qrcode === '' || message.qrcode === status.qrcode) return;
        change({ state: 'scan', qrcode: message.qrcode, self: null });
        return log.warn({}, 'WeChat waits for its QR code to be scanned');
      case 'login':
        failures = 0;
        change({ state: 'online', qrcode: null, self: message.self, trouble: '' });
        return log.info({}, 'WeChat is logged in');
      case 'logout':
        // Our own end is no trouble.
        if (stopped) return;
        change({ state: 'logged-out', self: null, trouble: message.reason.slice(0, 100) });
        return log.error({ reason: message.reason.slice(0, 100) }, 'WeChat is logged out: scan the QR code again');
      case 'trouble':
        change({ trouble: message.what });
        return log.warn({ what: message.what }, 'WeChat has trouble');
      case 'message':
        return deps.onMessage(message.message);
      case 'joined':
        return deps.onJoined(message.room, message.members);
      case 'said':
      case 'bearers':
        return pending.get(message.n)?.(message);
    }
  }

  /** Each sign of life puts the end off; an instance that hangs is ended from here, for it may not even notice. */
  function watch(whom: ChildProcess, limit = settings.silenceMs + patience.graceMs): void {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      // A gateway that was left in the wrong moment takes the one before us for the live one, for good.
      const deaf =
        status.state === 'starting' ? ': another program has its token, or the gateway must be restarted' : '';
      change({ trouble: `no sign of life${deaf}` });
      whom.kill('SIGKILL');
    }, limit);
  }

  function ended(how: number | string): void {
    child = null;
    clearTimeout(watchdog);
    for (const settle of [...pending.values()])
      settle({ kind: 'lost', what: 'the WeChat process ended while sending' });
    change({ state: 'off', self: null, qrcode: null });
    if (stopped) return;
    const pause = Math.min(firstPause * 2 ** failures, longestPause);
    failures += 1;
    log.error({ how, pause, trouble: status.trouble }, 'the connection to WeChat is lost: building another one');
    rebuild = setTimeout(build, pause);
  }

  /** Gives the answer, or why there is none. */
  function ask(question: (n: number) => ToGateway): Promise<Answer | Lost> {
    const to = child;
    if (to === null) return Promise.resolve({ kind: 'unasked', what: 'WeChat is not connected' });
    const n = ++count;
    return new Promise((resolve) => {
      const alarm = setTimeout(() => settle({ kind: 'lost', what: 'WeChat did not answer in time' }), ANSWER_LIMIT);
      const settle = (answer: Answer | Lost): void => {
        clearTimeout(alarm);
        pending.delete(n);
        resolve(answer);
      };
      pending.set(n, settle);
      to.send(question(n), (error) => {
        if (error !== null) settle({ kind: 'unasked', what: error.message });
      });
    });
  }

  return {
    start: build,
    status: () => status,
    async say(saying) {
      if (status.state !== 'online') return { how: 'unsent', what: 'WeChat is not logged in' };
      const answer = await ask((n) => ({ kind: 'say', n, ...saying }));
      if (answer.kind === 'said') return answer.failure ?? null;
      return answer.kind === 'unasked'
        ? { how: 'unsent', what: answer.what }
        : { how: 'unknown', what: answer.kind === 'lost' ? answer.what : '' };
    },
    async bearers(remark) {
      const answer = await ask((n) => ({ kind: 'bearers', n, remark }));
      return answer.kind === 'bearers' ? answer.ids : null;
    },
    async stop() {
      stopped = true;
      clearTimeout(rebuild);
      const last = child;
      if (last === null) return;
      const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      const message: ToGateway = { kind: 'stop' };
      last.send(message, () => {});
      const alarm = setTimeout(() => last.kill('SIGKILL'), 6000);
      await gone;
      clearTimeout(alarm);
      clearTimeout(watchdog);
    },
  };
}
