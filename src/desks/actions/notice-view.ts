import type { Notice, NoticeKind } from '../../core/notice.ts';
import { maskText } from '../../core/privacy/mask.ts';
import type { Store } from '../../core/store.ts';

/** A notice in words, and what its messages say, with private words covered. Times are ISO 8601. */
export interface NoticeView {
  readonly id: number;
  readonly channel: string;
  readonly kind: NoticeKind;
  readonly at: string;
  readonly last_at: string;
  readonly text: string;
  readonly text_en: string;
  readonly messages: readonly NoticedMessageView[];
}

export interface NoticedMessageView {
  readonly conversation: string;
  readonly customer: string;
  readonly group: boolean;
  readonly from: 'customer' | 'bot' | 'agent';
  readonly at: string;
  readonly text: string;
}

const TITLES: Readonly<Record<string, readonly [string, string]>> = {
  wechat: ['微信', 'WeChat'],
  slack: ['Slack', 'Slack'],
  webchat: ['网页', 'the web page'],
};
export const channelTitle = (channel: string): string => TITLES[channel]?.[0] ?? channel;

/** Of a message, as much as is needed to find it again. */
const SHOWN = 120;
/** Of a hundred messages the first tell what is the matter. */
const MOST = 20;

const NOTHING_KNOWN = { hide: [], show: [] };

export async function viewNotice(store: Pick<Store, 'log' | 'conversation'>, notice: Notice): Promise<NoticeView> {
  const { id, channel, kind, at, last_at, about } = notice;
  const [text, text_en] = wordsFor(notice);
  const messages = about.slice(0, MOST).map(async ({ conversation, seq }) => {
    const [[line], talk] = await Promise.all([store.log(conversation, seq - 1, 1), store.conversation(conversation)]);
    if (line === undefined || talk === null) return [];
    const customer = maskText(talk.customer.name ?? '', NOTHING_KNOWN).text;
    const said = maskText(line.text, NOTHING_KNOWN).text;
    const shown = [...said].slice(0, SHOWN).join('');
    return [{ conversation, customer, group: talk.group, from: line.from.role, at: line.at, text: shown }];
  });
  return { id, channel, kind, at, last_at, text, text_en, messages: (await Promise.all(messages)).flat() };
}

/** In Chinese, and in English. */
function wordsFor({ channel, kind, at, detail, about }: Notice): readonly [string, string] {
  const [zh, en] = TITLES[channel] ?? [channel, channel];
  const why = detail === '' ? ['', ''] : [`（${detail}）`, ` (${detail})`];
  const n = about.length;
  switch (kind) {
    case 'login':
      return [
        `${zh}需要登录：请用客服的${zh}扫坐席台上（或终端里）的二维码。登录之前收不到、也发不出消息。`,
        `${en} waits for somebody to scan the QR code on the desk page. Until then nothing comes in or goes out.`,
      ];
    case 'logged-out':
      return [
        `${zh}已退出登录${why[0]}：重新扫码之前，收不到、也发不出消息。`,
        `${en} is logged out${why[1]}: until somebody scans the code again nothing comes in or goes out.`,
      ];
    case 'lost':
      return [
        `${zh}断开了${why[0]}：正在自动重连，期间收不到消息；要发的话留着，连上后按顺序发。`,
        `The connection to ${en} is lost${why[1]}: it is being rebuilt. What we have to say is kept and sent afterwards.`,
      ];
    case 'back':
      return detail === ''
        ? [`${zh}已连上。`, `${en} is connected.`]
        : [
            `${zh}已恢复。${moment(detail)} 到 ${moment(at)} 之间的消息，平台不一定补给我们：请翻看一下各个群和私聊。`,
            `${en} is back. What was said between ${moment(detail)} and ${moment(at)} may not have reached us: please look through the groups and chats.`,
          ];
    case 'too-often':
      return [
        `${zh}提示“操作过于频繁”：已暂停发送 10 分钟，到点自动继续。如果常出现，请把 knowledge/groups.yml 里 pace 的上限减半。`,
        `${en} says that we write too often: nothing is sent for 10 minutes. If it happens again, halve the limits of pace in knowledge/groups.yml.`,
      ];
    case 'ambiguous':
      return [
        `有 ${n} 句话说不清${zh}有没有送到，没有重发：请核对，没送到的请补发。`,
        `Nobody knows whether ${n} of our messages arrived in ${en}; they are not sent again: please look.`,
      ];
    case 'undelivered':
      return [
        `有 ${n} 句话没有送到${zh}，不会再试：请换个办法联系客户。`,
        `${n} of our messages did not arrive in ${en} and are given up: please reach the customers otherwise.`,
      ];
    case 'missed':
      return [
        `我们不在线时，${zh}里有 ${n} 条消息已经过了该补答的时间，没有回复：请看看要不要联系客户。`,
        `${n} messages in ${en} from while we were away are too old to be answered: please see whether to reach the customers.`,
      ];
  }
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `11-25 10:30` in the time zone of the process. */
export function moment(iso: string): string {
  const at = new Date(iso);
  return `${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
