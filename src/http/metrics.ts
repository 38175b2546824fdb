import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Outcome } from '../core/outcome.ts';
import type { OpenTickets } from '../core/ticket.ts';

export interface MetricsDeps {
  readonly log: Log;
  /** Tickets that are not resolved; read when somebody asks for the metrics. */
  readonly openTickets?: () => Promise<readonly OpenTickets[]>;
  /** Messages that wait to be sent, or conversations that have one. */
  readonly outboxQueue?: () => Promise<number>;
  /** Errors of the last edit of the knowledge. */
  readonly knowledgeProblems?: () => number;
}

/** Figures for Prometheus. Labels name kinds of things, never a person, a parcel or a conversation. */
export interface Metrics {
  /** One inbound message has its outcome. */
  messageSettled(channel: string, outcome: Outcome['kind']): void;
  /** Deciding and keeping one turn took so many seconds. */
  turnTook(seconds: number): void;
  /** One outgoing message was sent, or one attempt at it failed. */
  sendEnded(channel: string, result: 'sent' | 'retried' | 'given_up'): void;
  readonly contentType: string;
  /** The figures in Prometheus' text format. */
  render(): Promise<string>;
}

export function createMetrics({ log, openTickets, outboxQueue, knowledgeProblems }: MetricsDeps): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const messages = new Counter({
    name: 'yingsheng_messages_total',
    help: 'Inbound messages by channel and outcome.',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const turns = new Histogram({
    name: 'yingsheng_turn_duration_seconds',
    help: 'Time to decide and keep one turn.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const sends = new Counter({
    name: 'yingsheng_sends_total',
    help: 'Attempts to send an outgoing message by channel and result.',
    labelNames: ['channel', 'result'],
    registers,
  });
  const tickets = new Gauge({
    name: 'yingsheng_tickets',
    help: 'Tickets that are not resolved.',
    labelNames: ['desk', 'kind', 'priority', 'status'],
    registers,
  });
  const outbox = new Gauge({ name: 'yingsheng_outbox_queue', help: 'What waits to be sent.', registers });
  const problems = new Gauge({
    name: 'yingsheng_knowledge_problems',
    help: 'Errors of the last edit of the knowledge; 0 while it is in use.',
    registers,
  });

  async function measure(): Promise<void> {
    const [open, queued] = await Promise.all([openTickets?.() ?? [], outboxQueue?.() ?? 0]);
    tickets.reset();
    for (const { count, ...labels } of open) tickets.set(labels, count);
    outbox.set(queued);
    problems.set(knowledgeProblems?.() ?? 0);
  }

  return {
    messageSettled: (channel, outcome) => messages.inc({ channel, outcome }),
    turnTook: (seconds) => turns.observe(seconds),
    sendEnded: (channel, result) => sends.inc({ channel, result }),
    contentType: registry.contentType,
    async render() {
      // A database that does not answer must not hide the figures that tell of it.
      await measure().catch((error: unknown) =>
        log.warn({ error: messageOf(error) }, 'some metrics could not be read'),
      );
      return registry.metrics();
    },
  };
}
