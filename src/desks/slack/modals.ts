import type { types } from '@slack/bolt';
import type { DeskDirectory } from '../../core/desk.ts';
import { PRIORITIES } from '../../core/ticket.ts';
import type { Ticket } from '../../core/ticket.ts';
import type { Block, ModalView } from './connection.ts';
import { clip, escape, marked, plain } from './text.ts';
import { PRIORITY } from './words.ts';
import type { Titles } from './words.ts';

/** What agents may choose from; from policies.yml, live. */
export interface Choices {
  readonly results: readonly string[];
  readonly causes: readonly string[];
}

/** Slack's own bounds. */
const INPUT = 3000;
const OPTIONS = 100;

export function replyModal(ticket: Ticket, prefixes: readonly string[], takeBackSeconds: number): ModalView {
  const ways = prefixes.map((prefix) => `“${prefix}”`).join('或');
  const hint = `发出后 ${takeBackSeconds} 秒内可以撤回。${ways === '' ? '' : `也可以直接在帖子里以${ways}开头回复客户。`}`;
  return modal('ticket.reply', ticket.id, `回复客户 ${ticket.id}`, '发给客户', [
    { ...words('text', '回复内容', { optional: true }), hint: plain(hint) },
    {
      type: 'input',
      block_id: 'files',
      optional: true,
      label: plain('图片或文件'),
      element: { type: 'file_input', action_id: 'value', max_files: 6 },
    },
  ]);
}

export function noteModal(ticket: Ticket): ModalView {
  return modal('ticket.note', ticket.id, `备注 ${ticket.id}`, '保存', [words('text', '备注（只有同事看得到）')]);
}

export function nudgeModal(ticket: Ticket): ModalView {
  const who = ticket.owner === null ? '还没有人认领' : `现由${ticket.owner.name}负责`;
  return modal('ticket.nudge', ticket.id, `催办 ${ticket.id}`, '催办', [
    { type: 'section', text: plain(`${who}，会在帖子里提醒。`) },
    words('text', '说明', { optional: true }),
  ]);
}

export function reopenModal(ticket: Ticket): ModalView {
  return modal('ticket.reopen', ticket.id, `重开 ${ticket.id}`, '重开', [words('text', '为什么要重开')]);
}

/** To a desk, or to one of its people: the value is `desk` or `desk|工号`. */
export function transferModal(ticket: Ticket, directory: DeskDirectory): ModalView {
  const desks = directory.desks();
  const groups = [
    { label: plain('部门'), options: desks.slice(0, OPTIONS).map(({ id, title }) => option(title, id)) },
    ...desks.map(({ id, title }) => ({
      label: plain(clip(`${title}的同事`, 75)),
      options: directory
        .agents()
        .filter((agent) => agent.desks.includes(id))
        .slice(0, OPTIONS)
        .map(({ number, name }) => option(`${name}（工号 ${number}）`, `${id}|${number}`)),
    })),
  ];
  return modal('ticket.transfer', ticket.id, `转交 ${ticket.id}`, '转交', [
    {
      type: 'input',
      block_id: 'to',
      label: plain('转给'),
      element: {
        type: 'static_select',
        action_id: 'value',
        placeholder: plain('选择部门或同事'),
        option_groups: groups.filter(({ options }) => options.length > 0).slice(0, OPTIONS),
      },
    },
    words('text', '原因'),
  ]);
}

export function resolveModal(ticket: Ticket, { results, causes }: Choices): ModalView {
  return modal('ticket.resolve', ticket.id, `解决 ${ticket.id}`, '解决', [
    choice('result', '结果（会告诉客户）', results),
    words('text', '补充说明（会告诉客户）', { optional: true }),
    choice('cause', '原因（内部统计用，客户看不到）', causes),
  ]);
}

/** 电话受理, or a message that becomes a ticket. */
export function callModal(
  given: { readonly summary: string; readonly source: string },
  directory: DeskDirectory,
  titles: Titles,
): ModalView {
  const kinds = titles.kinds().slice(0, OPTIONS);
  return modal('ticket.create', given.source, '新建工单', '建单', [
    { type: 'context', elements: [plain(`来源：${given.source}`)] },
    select(
      'desk',
      '部门',
      directory
        .desks()
        .slice(0, OPTIONS)
        .map(({ id, title }) => option(title, id)),
    ),
    select(
      'kind',
      '事项',
      kinds.map(({ id, title }) => option(title, id)),
    ),
    words('text', '客户说了什么、要什么', { value: given.summary }),
    short('waybill', '运单号'),
    short('customer', '客户姓名'),
    short('phone', '联系电话'),
    select(
      'priority',
      '紧急程度',
      PRIORITIES.map((priority) => option(PRIORITY[priority].word, priority)),
      0,
    ),
  ]);
}

/** What a ticket looks like, in a window of its own. */
export function glanceModal(id: string, blocks: readonly Block[]): ModalView {
  return { type: 'modal', title: plain(clip(`工单 ${id}`, 24)), close: plain('关闭'), blocks: [...blocks] };
}

export function channelLink(channel: string | null): Block[] {
  return channel === null ? [] : [{ type: 'section', text: marked(`卡片在 <#${escape(channel)}>`) }];
}

function modal(callback: string, about: string, title: string, submit: string, blocks: Block[]): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    private_metadata: clip(about, INPUT),
    title: plain(clip(title, 24)),
    submit: plain(submit),
    close: plain('取消'),
    blocks,
  };
}

function words(id: string, label: string, more: { optional?: boolean; value?: string } = {}): types.InputBlock {
  const initial = more.value ? { initial_value: clip(more.value, INPUT) } : {};
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    optional: more.optional ?? false,
    element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: INPUT, ...initial },
  };
}

function short(id: string, label: string): types.InputBlock {
  const element = { type: 'plain_text_input' as const, action_id: 'value', max_length: 100 };
  return { type: 'input', block_id: id, label: plain(label), optional: true, element };
}

const choice = (id: string, label: string, list: readonly string[]): types.InputBlock =>
  select(
    id,
    label,
    list.slice(0, OPTIONS).map((one) => option(one, one)),
  );

function select(id: string, label: string, options: types.PlainTextOption[], initial?: number): types.InputBlock {
  const chosen = initial === undefined ? undefined : options[initial];
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: 'value',
      placeholder: plain('请选择'),
      options,
      ...(chosen && { initial_option: chosen }),
    },
  };
}

function option(text: string, value: string): types.PlainTextOption {
  return { text: plain(clip(text, 75)), value: clip(value, 75) };
}
