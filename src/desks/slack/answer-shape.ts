import type { HeldAnswer } from '../../core/desk-store.ts';
import type { LoggedMessage } from '../../core/message.ts';
import type { Shape } from './card.ts';
import { button } from './card.ts';
import type { Block } from './connection.ts';
import { clip, escape, marked, pieces, plain } from './text.ts';
import { momentWords } from './words.ts';

/** An answer to the customer as the thread shows it, from the moment it is written. */
export interface AnswerView {
  readonly who: string;
  readonly text: string;
  readonly files: number;
  readonly state: string;
  /** Its id, as long as it can be taken back. */
  readonly takeBack: string | null;
}

export function heldView({ agent, text, attachments, state, id, reason }: HeldAnswer): AnswerView {
  return {
    who: `${agent.name}（工号 ${agent.agent}）`,
    text,
    files: attachments.length,
    state: {
      held: '⏳ 即将发出，现在还可以撤回',
      leaving: '📤 已发出',
      left: '📤 已发出',
      'taken-back': '↩️ 已撤回，客户没有收到',
      refused: `⚠️ 没有发给客户：${reason ?? ''}`,
    }[state],
    takeBack: state === 'held' ? id : null,
  };
}

export function sentView({ from, text, attachments, delivery }: LoggedMessage): AnswerView {
  return {
    who: `${from.name ?? '坐席'}（工号 ${from.id ?? ''}）`,
    text,
    files: attachments.length,
    state: deliveryWords(delivery),
    takeBack: null,
  };
}

function deliveryWords(delivery: LoggedMessage['delivery']): string {
  switch (delivery?.state) {
    case 'sent':
      return `✅ ${delivery.at === undefined ? '' : `${momentWords(delivery.at)} `}已送达`;
    case 'given_up':
      return `❌ 未送达：${delivery.error ?? '原因不明'}`;
    case 'queued':
    case undefined:
      return '📤 已发出，等待送达';
  }
}

export function answerShape({ who, text, files, state, takeBack }: AnswerView): Shape {
  const words = [text, ...(files > 0 ? [`[附件 ${files} 个]`] : [])].filter((part) => part !== '').join('\n');
  const blocks: Block[] = [
    { type: 'context', elements: [marked(`✉️ *${escape(who)} → 客户*`)] },
    ...pieces(words, 2800).map((piece) => ({ type: 'section' as const, text: plain(piece) })),
    { type: 'context', elements: [plain(clip(state, 500))] },
    ...(takeBack === null
      ? []
      : [{ type: 'actions' as const, elements: [button('撤回', 'ticket.takeback', takeBack, 'danger')] }]),
  ];
  return { text: `✉️ ${escape(who)} 回复客户：${escape(clip(words, 200))}`, blocks };
}
