import { existsSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from './core/errors.ts';

const port = z.coerce.number().int('must be a whole number').min(0).max(65_535);
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** An empty variable is one that is not set: `.env.example` lists them all, empty. */
const optional = z.string().optional();

const environment = z.object({
  PORT: port.default(3978),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  INTENTS_DIR: z.string().default('./intents'),
  KNOWLEDGE_DIR: z.string().default('./knowledge'),
  DATABASE_URL: z
    .string()
    .refine((url) => url === '', 'only SQLite is supported so far: leave it empty')
    .default(''),
  DESK_TOKEN: z.string().min(8, 'must be at least 8 characters').optional(),
  LOG_LEVEL: z.enum(levels, `must be one of ${levels.join(', ')}`).default('info'),
  TZ: optional,
  SLACK_BOT_TOKEN: optional,
  SLACK_SIGNING_SECRET: optional,
  SLACK_APP_TOKEN: optional,
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://slack.com/api/' }).optional(),
  WECHATY_PUPPET: optional,
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://kefu.example.com/' }).optional(),
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:8000/v1' })
    .optional(),
  OPENAI_MODEL: z.string().default('gpt-4o-mini'),
  OPENAI_EMBEDDING_MODEL: optional,
  MicrosoftAppId: optional,
  MicrosoftAppPassword: optional,
  MicrosoftAppTenantId: optional,
  MicrosoftAppType: optional,
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly intentsDir: string;
  readonly knowledgeDir: string;
  /** Undefined: one is made, kept in the database and printed once. */
  readonly deskToken: string | undefined;
  readonly logLevel: (typeof levels)[number];
  /** Undefined: no Slack. Whether the tokens are right is Slack's to say, while the rest of the program runs. */
  readonly slack: SlackConfig | undefined;
  /** Where customers reach the page from outside; undefined: no links to it are given out. */
  readonly publicUrl: string | undefined;
  /** Undefined: no WeChat. Else the puppet's package; wechaty reads its own variables itself. */
  readonly wechatPuppet: string | undefined;
  /** Undefined: nobody is asked. */
  readonly openai: OpenAiConfig | undefined;
  readonly botFramework: Readonly<
    Record<'MicrosoftAppId' | 'MicrosoftAppPassword' | 'MicrosoftAppTenantId' | 'MicrosoftAppType', string | undefined>
  >;
}

export interface OpenAiConfig {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  /** Null: no language model is asked (`off`). */
  readonly model: string | null;
  /** Null: no vectors are asked for. */
  readonly embeddingModel: string | null;
}

export interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string | undefined;
  /** Socket Mode instead of HTTP. */
  readonly appToken: string | undefined;
  readonly apiUrl: string | undefined;
}

export interface GlobalOptions {
  readonly intents?: string;
  readonly knowledge?: string;
  readonly dataDir?: string;
}

/** Reads `.env` of the working folder, where there is one, and sets the time zone everything is told in. */
export function loadEnvironment(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.env['TZ'] = process.env['TZ'] || 'Asia/Shanghai';
}

/** Environment and command line -> Config. Throws one UsageError that names every bad value. */
export function readConfig(env: NodeJS.ProcessEnv, options: GlobalOptions = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError(
      `环境变量有误，请改正后再启动 (the environment is not right; put these values right):\n${lines.join('\n')}`,
    );
  }
  const e = result.data;
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: options.dataDir ?? e.DATA_DIR,
    intentsDir: options.intents ?? e.INTENTS_DIR,
    knowledgeDir: options.knowledge ?? e.KNOWLEDGE_DIR,
    deskToken: e.DESK_TOKEN,
    logLevel: e.LOG_LEVEL,
    slack: slackOf(e),
    publicUrl: e.PUBLIC_URL,
    wechatPuppet: e.WECHATY_PUPPET,
    openai:
      e.OPENAI_API_KEY === undefined && e.OPENAI_BASE_URL === undefined
        ? undefined
        : {
            apiKey: e.OPENAI_API_KEY,
            baseUrl: e.OPENAI_BASE_URL,
            model: e.OPENAI_MODEL === 'off' ? null : e.OPENAI_MODEL,
            embeddingModel: e.OPENAI_EMBEDDING_MODEL ?? null,
          },
    botFramework: {
      MicrosoftAppId: e.MicrosoftAppId,
      MicrosoftAppPassword: e.MicrosoftAppPassword,
      MicrosoftAppTenantId: e.MicrosoftAppTenantId,
      MicrosoftAppType: e.MicrosoftAppType,
    },
  };
}

function slackOf(e: z.infer<typeof environment>): SlackConfig | undefined {
  if (e.SLACK_BOT_TOKEN === undefined) return undefined;
  return {
    botToken: e.SLACK_BOT_TOKEN,
    signingSecret: e.SLACK_SIGNING_SECRET,
    appToken: e.SLACK_APP_TOKEN,
    apiUrl: e.SLACK_API_URL,
  };
}
