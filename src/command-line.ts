import { Command, CommanderError, Option } from 'commander';
import { messageOf, UsageError } from './core/errors.ts';
import { words } from './core/privacy/masked-log.ts';
import { readConfig, type Config } from './config.ts';

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
    run: (config: Config, options: Record<string, unknown>, given: readonly string[]) => Promise<number>,
  ): Command {
    return program
      .command(name)
      .description(description)
      .addOption(new Option('--intents <dir>').hideHelp())
      .addOption(new Option('--knowledge <dir>').hideHelp())
      .addOption(new Option('--data-dir <dir>').hideHelp())
      .action(async (...passed: unknown[]) => {
        const self = passed.at(-1) as Command;
        const options: Record<string, unknown> = self.optsWithGlobals();
        code = await run(readConfig(process.env, options), options, self.args);
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
    .option(
      '--explain',
      '说明依据：哪些特征、哪些例句最像 (say which features and which nearest examples spoke for it)',
    )
    .option('--json', '每条消息输出一行 JSON (one JSON object a line)');
  command(
    'evaluate',
    '在任意数据上训练并测量识别与问答检索，文件每行「文字 TAB 标签」 (train and measure the recogniser on any data)',
    async (_config, options) => (await import('./commands/evaluate.ts')).evaluate(options),
  )
    .option('--train <file>', '训练数据 (to train on; lines labelled oos are chatter)')
    .option('--test <file>', '测试数据 (to measure on)')
    .option('--dev <file>', '与 --oos-dev 一起用来选拒识阈值 (chooses the threshold, with --oos-dev)')
    .option('--oos-dev <file>', '选阈值用的范围外消息 (out-of-scope messages to choose the threshold)')
    .option('--oos-test <file>', '测试用的范围外消息 (out-of-scope messages to measure on)')
    .option('--faq <file>', '问题 TAB 编号 (question TAB id)')
    .option('--similar <file>', '相似问法 TAB 编号 (further wordings TAB id)')
    .option('--queries <file>', '提问 TAB 编号 (what is asked TAB id)')
    .option('--json', '输出 JSON');
  command('check', '检查意图和知识文件 (check intents and knowledge)', async (config, options) =>
    (await import('./commands/check.ts')).check(config, options),
  )
    .option('--json', '输出 JSON')
    .option('--lang <lang>', '只用一种语言：zh、en；默认两种都写 (one language only; default both)', 'both');
  command(
    'explain',
    '说明 check 的一个代码：为什么、怎么改、对错示例 (what a code of check means)',
    async (_, options, [name]) => (await import('./commands/explain.ts')).explain(name, options),
  )
    .argument('[code]', '代码，例如 unknown-phrase；不写就列出全部 (a code; without one, all are listed)')
    .option('--lang <lang>', '语言：zh 或 en (language)', 'zh');
  command(
    'new',
    '新建一个可用的文件：new intent 名字、new faq (a file to begin with)',
    async (config, _, [kind = '', name]) => (await import('./commands/new.ts')).makeNew(config, kind, name),
  )
    .argument('<kind>', 'intent 或 faq')
    .argument('[name]', '名字：小写英文字母、数字和 - (lower-case letters, digits and -)');
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
    'backup',
    '备份：把数据库完整地存成一个文件，运行中也可以 (copy the whole database into one file, also while serving)',
    async (config, options, [file = '']) => (await import('./commands/backup.ts')).backup(config, file, options),
  )
    .argument('<file>', '备份文件，例如 backup/2026-11-21.db (where to, e.g. backup/2026-11-21.db)')
    .option('--force', '覆盖已有的文件 (overwrite a file that exists)')
    .addHelpText(
      'after',
      '\n备份里有会话、工单、附件、设置；知识文件和 .env 不在里面。写完会逐页检查，检查通过才算备份' +
        '\n(conversations, tickets, attachments and settings; not the knowledge files nor .env. Every page is checked before it counts)',
    );
  command(
    'restore',
    '恢复：先检查备份，再换上它，原来的数据库留在旁边 (check a backup, then put it in place; the old database is kept)',
    async (config, options, [file = '']) => (await import('./commands/restore.ts')).restore(config, file, options),
  )
    .argument('<file>', '备份文件 (a file made by backup)')
    .option(
      '--send-waiting',
      '当时待发送的消息照发，默认不再发 (send what waited to be sent; by default it is held back, as it may have been sent since)',
    )
    .addHelpText(
      'after',
      '\n先停掉 serve 再恢复，恢复后照常启动；恢复到别处用 --data-dir (stop serve first, start it as usual afterwards; --data-dir restores elsewhere)',
    );
  command(
    'export',
    '导出：一位客户的全部资料，JSON (everything held about one customer, as JSON)',
    async (config, options) => (await import('./commands/export.ts')).exportPerson(config, options),
  )
    .option('--customer <id>', '客户编号或会话编号 (id of the customer or of a conversation)')
    .option('--phone <number>', '手机号 (phone)')
    .option('--out <file>', '写到文件，默认写到屏幕 (write to a file; default: stdout)');
  command(
    'forget',
    '删除：一位客户的全部资料，先列出再确认 (delete everything held about one customer; shows it and asks first)',
    async (config, options) => (await import('./commands/forget.ts')).forget(config, options),
  )
    .option('--customer <id>', '客户编号或会话编号 (id of the customer or of a conversation)')
    .option('--phone <number>', '手机号 (phone)')
    .option('--yes', '不再询问，直接删除 (do not ask)');
  command(
    'audit',
    '审计：谁在什么时候看过、给出、导出、删除了什么 (who looked at, disclosed, exported or deleted what)',
    async (config, options) => (await import('./commands/audit.ts')).audit(config, options),
  )
    .option('--verify', '只检查有没有被改动 (only check that nothing was tampered with)')
    .option('--head <id:hash>', '以前抄下的链尾，看链条是否经过它 (the end of the chain as noted before)')
    .option('--json', '输出 JSON');
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
  command(
    'gaps',
    '缺口：哪些问题没有答好，按相像分组，附坐席的回答 (questions that found no answer, grouped by likeness)',
    async (config, options) => (await import('./commands/gaps.ts')).gaps(config, options),
  )
    .option('--days <n>', '看最近多少天 (how many days back)', '30')
    .option('--draft', '给每组写一条草稿，放进 knowledge/drafts，移到 faq 才生效 (write a draft entry a group)')
    .option('--now <iso>', '把现在当作这个时间 (pretend it is this moment)')
    .option('--json', '输出 JSON');
  command(
    'sheets',
    '表格：常见问题、话术、网点、价目导出成 CSV，改好再导入 (FAQ, phrases, outlets and rates out to CSV and back)',
    async (config, options, [action]) => (await import('./commands/sheets.ts')).sheets(config, options, action),
  )
    .argument('<action>', 'export 导出，import 导入')
    .option('--dir <dir>', '表格放在哪个文件夹 (folder of the sheets)', 'sheets')
    .option('--dry-run', '只检查，不写入 (check only, write nothing)')
    .option('--json', '输出 JSON');

  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${words(messageOf(error))}\n`);
    if (!(error instanceof UsageError) && process.env['LOG_LEVEL'] === 'debug' && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
