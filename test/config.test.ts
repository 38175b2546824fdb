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

it('asks a language model by default, vectors where their model is named, and neither without an endpoint', () => {
  expect(readConfig({ OPENAI_MODEL: 'm', OPENAI_EMBEDDING_MODEL: 'e' }).openai).toBeUndefined();
  expect(readConfig({ OPENAI_API_KEY: 'k', OPENAI_EMBEDDING_MODEL: '' }).openai).toMatchObject({
    model: 'gpt-4o-mini',
    embeddingModel: null,
  });
  const vectorsAlone = {
    OPENAI_BASE_URL: 'http://127.0.0.1:8000/v1',
    OPENAI_MODEL: 'off',
    OPENAI_EMBEDDING_MODEL: 'e',
  };
  expect(readConfig(vectorsAlone).openai).toMatchObject({ model: null, embeddingModel: 'e' });
});
