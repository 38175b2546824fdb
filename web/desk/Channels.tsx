import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import type { Api } from './api.ts';
import { momentWords } from './due.ts';
import type { ChannelInfo, Notice } from './model.ts';
import { noticesSeen } from './session.ts';
import { CHANNEL_STATE } from './words.ts';

/** Where customers write and something is the matter: agents hear of it before customers do. */
export function Channels({
  channels,
  notices,
  api,
  now,
}: {
  channels: readonly ChannelInfo[];
  notices: readonly Notice[];
  api: Api;
  now: number;
}) {
  const [seen, setSeen] = useState(() => noticesSeen.read() ?? '');
  const troubled = channels.filter(({ state, paused_until }) => state !== 'online' || paused_until !== null);
  const fresh = notices.filter(({ last_at }) => last_at > seen);
  if (troubled.length === 0 && fresh.length === 0) return null;

  const dismiss = (): void => {
    const last =
      fresh
        .map(({ last_at }) => last_at)
        .sort()
        .at(-1) ?? seen;
    noticesSeen.write(last);
    setSeen(last);
  };

  return (
    <section
      class={troubled.some(({ state }) => state !== 'online') ? 'channels bad' : 'channels'}
      aria-label="渠道通知"
    >
      {troubled.map((channel) => (
        <OneChannel key={channel.name} channel={channel} api={api} now={now} />
      ))}
      {fresh.length > 0 && (
        <>
          <ul class="notices">
            {fresh.map((notice) => (
              <OneNotice key={notice.id} notice={notice} now={now} />
            ))}
          </ul>
          <button type="button" class="dismiss" onClick={dismiss}>
            知道了
          </button>
        </>
      )}
    </section>
  );
}

function OneChannel({ channel, api, now }: { channel: ChannelInfo; api: Api; now: number }) {
  const { name, title, state, since, trouble, paused_until, qrcode } = channel;
  return (
    <div class="channel">
      <p>
        <Icon name="warning" size={17} />
        <strong>
          {title}：{state === 'online' ? `暂停发送到 ${momentWords(paused_until ?? '', now)}` : CHANNEL_STATE[state]}
        </strong>
        {since !== null && state !== 'online' && <span>（{momentWords(since, now)} 起）</span>}
        {trouble !== '' && <span class="why">{trouble}</span>}
      </p>
      {qrcode !== null && <LoginCode key={qrcode} channel={name} title={title} api={api} />}
    </div>
  );
}

/** Needs the token, so it comes by fetch; another code is another picture. */
function LoginCode({ channel, title, api }: { channel: string; title: string; api: Api }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    api.file(`/api/channels/${encodeURIComponent(channel)}/qrcode`).then(
      (blob) => {
        if (gone) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => {},
    );
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [api, channel]);
  if (url === null) return null;
  return (
    <figure class="login-code">
      <img src={url} width={200} height={200} alt={`${title}登录二维码`} />
      <figcaption>
        用客服的{title}“扫一扫”，并在手机上确认登录。
        <br />
        <span lang="en">Scan with the WeChat account of the desk.</span>
      </figcaption>
    </figure>
  );
}

function OneNotice({ notice, now }: { notice: Notice; now: number }) {
  const { at, text, text_en, messages } = notice;
  return (
    <li title={text_en}>
      <time dateTime={at}>{momentWords(at, now)}</time> {text}
      {messages.length > 0 && (
        <details>
          <summary>看是哪些</summary>
          <ul>
            {messages.map(({ customer, group, at: said, text: words, conversation }) => (
              <li key={`${conversation} ${said} ${words}`}>
                <strong>{customer || '客户'}</strong>
                {group ? '（群）' : ''} {momentWords(said, now)}：{words}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
