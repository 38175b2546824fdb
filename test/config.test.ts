import { expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { UsageError } from '../src/core/errors.ts';

it('has no Slack without a bot token, whatever else is set', () => {
  expect(
    readConfig({ SLACK_BOT_TOKEN: '', SLACK_SIGNING_SECRET: 's', SLACK_APP_TOKEN: 'xapp-1' }).slack,
  ).toBeUndefined();
});

it('takes Slack’s settings as they are: whether a token is right is Slack’s to say', () => {
  const env = { SLACK_BOT_TOKEN: 'anything', SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://127.0.0.1:4003/api/' };
  expect(readConfig(env).slack).toEqual({
    botToken: 'anything',
    signingSecret: 's',
    appToken: undefined,
    apiUrl: 'http://127.0.0.1:4003/api/',
  });
});

it.each(['slack.com/api', 'ftp://slack.com/', 'http//x'])(
  'refuses %s as the address of an API, and names the variable',
  (url) => {
    const read = () => readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_API_URL: url, PORT: 'x' });
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/PORT[\s\S]*SLACK_API_URL: must be an address/);
  },
);
