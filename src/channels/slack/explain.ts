const WHERE = 'https://api.slack.com/apps';

const WRONG_TOKEN = (subject: string): string =>
  `Slack 不认 ${subject}：请到 ${WHERE} 重新安装应用，把新的令牌填进环境变量后重启。` +
  ` (Slack does not accept ${subject}: reinstall the app at ${WHERE}, put the new token into the environment, and restart.)`;

/** By Slack's own word for what is wrong. */
const SENTENCES: Readonly<Record<string, (subject: string) => string>> = {
  invalid_auth: WRONG_TOKEN,
  not_authed: WRONG_TOKEN,
  account_inactive: WRONG_TOKEN,
  token_revoked: WRONG_TOKEN,
  token_expired: WRONG_TOKEN,
  not_allowed_token_type: WRONG_TOKEN,
  missing_scope: (subject) =>
    `Slack 应用缺少权限 ${subject}：请到 ${WHERE} 的 OAuth & Permissions 加上，再重新安装到工作区。` +
    ` (The Slack app lacks ${subject}: add it under OAuth & Permissions at ${WHERE} and reinstall the app.)`,
  not_in_channel: (subject) =>
    `机器人不在频道 ${subject} 里：请在该频道输入 /invite @机器人。` +
    ` (The bot is not in ${subject}: type /invite @its-name in that channel.)`,
  channel_not_found: (subject) =>
    `Slack 里没有频道 ${subject}，或者机器人看不到它：请核对 knowledge/desks.yml，或先建频道再 /invite 机器人。` +
    ` (There is no channel ${subject} that the bot can see: correct knowledge/desks.yml, or create the channel and /invite the bot.)`,
  is_archived: (subject) =>
    `频道 ${subject} 已归档：请恢复该频道，或在 knowledge/desks.yml 换一个。` +
    ` (The channel ${subject} is archived: restore it, or name another one in knowledge/desks.yml.)`,
  link_disabled: (subject) =>
    `该应用没有开启 Socket Mode：请到 ${WHERE} 打开 Socket Mode，或去掉 ${subject} 改用 HTTP。` +
    ` (Socket Mode is off for this app: turn it on at ${WHERE}, or unset ${subject} to use HTTP.)`,
  'no-signing-secret': (subject) =>
    `没有设置 ${subject}，Slack 的消息进不来：请填上 Basic Information 里的 Signing Secret，或设置 SLACK_APP_TOKEN 改用 Socket Mode。` +
    ` (${subject} is not set, so nothing can come in from Slack: set it to the Signing Secret under Basic Information, or set SLACK_APP_TOKEN for Socket Mode.)`,
  unreachable: (subject) =>
    `连不上 Slack (${subject})：正在自动重试，消息不会丢；如长时间不恢复，请检查网络或 SLACK_API_URL。` +
    ` (Slack (${subject}) cannot be reached: trying again by itself, and nothing is lost; if it lasts, check the network or SLACK_API_URL.)`,
};

/** What a refusal means and what to do about it: one sentence in Chinese, one in English. */
export function explain(code: string, subject: string): string {
  const known = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
  if (known) return known(subject);
  return (
    `Slack 拒绝了 ${subject}，原因是 ${code}：请到 ${WHERE} 检查应用设置。` +
    ` (Slack refused ${subject}, saying ${code}: check the app's settings at ${WHERE}.)`
  );
}
