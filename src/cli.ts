#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { messageOf, UsageError } from './core/errors.ts';
import { loadEnvironment, readConfig, type Config } from './config.ts';

/** Runs `yingsheng COMMAND`; gives the exit code: 0 fine, 1 the command found something wrong, 2 wrong usage. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('yingsheng')
    .description('应声 — 住在客户身边的客服台 (a customer-service desk that lives where customers write)')
    .option('--intents <dir>', '意图目录 (folder of intents; default INTENTS_DIR or ./intents)')
    .option('--knowledge <dir>', '知识目录 (folder of knowledge; default KNOWLEDGE_DIR or ./knowledge)')
    .option('--data-dir <dir>', '数据目录 (where the database is; default DATA_DIR or ./data)')
    .exitOverride()
    .showHelpAfterError('用 --help 查看用法 (use --help for usage)');

  /** Commands are loaded only when they are run: most need a fraction of the program. */
  function command(
    name: string,
    description: string,
    run: (config: Config, options: Record<string, unknown>) => Promise<number>,
  ): Command {
    return program
      .command(name)
      .description(description)
      .addOption(new Option('--intents <dir>').hideHelp())
      .addOption(new Option('--knowledge <dir>').hideHelp())
      .addOption(new Option('--data-dir <dir>').hideHelp())
      .action(async (_options: unknown, self: Command) => {
        const options: Record<string, unknown> = self.optsWithGlobals();
        code = await run(readConfig(process.env, options), options);
      });
  }

  command('serve', '启动：网页客服、网页坐席台、数据库 (run all configured channels)', async (config) =>
    (await import('./commands/serve.ts')).serve(config),
  );
  command(
    'chat',
    '在终端里聊天，引擎与正式运行相同，不留记录 (talk to the same engine in the terminal)',
    async (config, options) => (await import('./commands/chat.ts')).chat(config, options),
  )
    .option('--now <iso>', '把现在当作这个时间 (pretend it is this moment, e.g. 2026-11-21T10:00:00+08:00)')
    .option('--group', '像在群里一样 (as in a group, where others read along)')
    .option('--json', '每条消息输出一行 JSON (one JSON object a line)')
    .option('--trace', '在 stderr 上说明为什么这样回答 (say on stderr why an answer was chosen)')
    .addHelpText(
      'after',
      '\n非终端时逐行读取标准输入，一行是一条消息 (not a terminal: each line of stdin is one message)',
    );
  command(
    'understand',
    '逐行读取标准输入，说明每条消息被理解成什么 (what each line of stdin is understood as)',
    async (config, options) => (await import('./commands/understand.ts')).understand(config, options),
  )
    .option('--now <iso>', '把现在当作这个时间 (pretend it is this moment)')
    .option('--json', '每条消息输出一行 JSON (one JSON object a line)');
  command('check', '检查意图和知识文件 (check intents and knowledge)', async (config, options) =>
    (await import('./commands/check.ts')).check(config, options),
  )
    .option('--json', '输出 JSON')
    .option('--lang <lang>', '只用一种语言：zh、en；默认两种都写 (one language only; default both)', 'both');
  command(
    'rehearse',
    '演练对话表，列出与预期不同的地方 (play the dialogue tables and print differences)',
    async (config, options) => (await import('./commands/rehearse.ts')).rehearse(config, options),
  ).option('--only <text>', '只演练名字里有这些字的表 (only tables whose name has this text)');
  command(
    'ledger',
    '按结果统计消息，列出没有着落的 (count messages by outcome, list what is unaccounted)',
    async (config, options) => (await import('./commands/ledger.ts')).ledger(config, options),
  ).option('--json', '输出 JSON');
  command(
    'preview',
    '预演：与某个版本相比，改动会让哪些问题的回答不同 (which questions the edited files answer otherwise than a git revision)',
    async (config, options) => (await import('./commands/preview.ts')).preview(config, options),
  )
    .option('--against <rev>', '与哪个 git 版本比较 (git revision to compare with)', 'HEAD')
    .option(
      '--messages <file>',
      '问题文件，一行一个；默认用最近 30 天的来信 (questions, one a line; default: the last 30 days)',
    )
    .option('--now <iso>', '把现在当作这个时间 (pretend it is this moment)')
    .option('--json', '输出 JSON');

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${messageOf(error)}\n`);
    if (!(error instanceof UsageError) && process.env['LOG_LEVEL'] === 'debug' && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

if (import.meta.main) {
  loadEnvironment();
  process.exitCode = await runCli(process.argv.slice(2));
}
