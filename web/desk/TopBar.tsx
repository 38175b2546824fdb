import { Icon } from '../brand/Icon.tsx';
import { Mark } from '../brand/Mark.tsx';
import type { Link } from './board.ts';
import type { Agent, ChannelInfo } from './model.ts';
import { CHANNEL_STATE } from './words.ts';

interface Props {
  readonly me: Agent;
  readonly link: Link;
  readonly channels: readonly ChannelInfo[];
  readonly sound: boolean;
  readonly onSound: (wanted: boolean) => void;
  readonly onHelp: () => void;
  readonly onLeave: () => void;
}

const LINK: Readonly<Record<Link, string>> = {
  loading: '连接中…',
  live: '实时更新',
  polling: '每 5 秒更新',
  broken: '连接断开，正在重连…',
};

export function TopBar({ me, link, channels, sound, onSound, onHelp, onLeave }: Props) {
  return (
    <header class="top">
      <Mark size={30} />
      <h1>
        应声<span>坐席台</span>
      </h1>
      <p class={`link ${link}`} role="status">
        <span class="dot" aria-hidden="true" />
        <span>{LINK[link]}</span>
      </p>
      {channels
        // Our own page is there as long as this one is.
        .filter(({ since }) => since !== null)
        .map(({ name, title, state, account }) => (
          <p
            key={name}
            class={state === 'online' ? 'link channel-link' : 'link channel-link broken'}
            title={account ?? ''}
          >
            <span class="dot" aria-hidden="true" />
            <span>
              {title} {CHANNEL_STATE[state]}
            </span>
          </p>
        ))}
      <div class="top-end">
        <span class="me">
          {me.name} <code>{me.agent}</code>
        </span>
        <button
          type="button"
          class="tool"
          aria-pressed={sound}
          title={sound ? '关闭新工单提示音' : '打开新工单提示音'}
          onClick={() => onSound(!sound)}
        >
          <Icon name={sound ? 'bell' : 'bellOff'} />
          <span class="unseen">新工单提示音</span>
        </button>
        <button type="button" class="tool question" title="快捷键（?）" onClick={onHelp}>
          ?<span class="unseen">快捷键</span>
        </button>
        <button type="button" class="tool" title="退出登录" onClick={onLeave}>
          <Icon name="leave" />
          <span class="unseen">退出登录</span>
        </button>
      </div>
    </header>
  );
}
