import { say } from '../problem.ts';
import type { CodePage } from './page.ts';

/** Files as a whole: where they stand, how they are encoded, how large they are. */
export const FILE_CODES = {
  'missing-file': {
    severity: 'error',
    title: say('找不到文件', 'A file is missing'),
    why: say(
      '程序需要这个文件或文件夹，或者别的文件里写了它的名字。',
      'The program needs this file or folder, or another file names it.',
    ),
    fix: say(
      '把文件放到这个位置，或改正写着它名字的地方。',
      'Put the file there, or correct the name where it is written.',
    ),
    wrong: 'order: { from: csv, file: data/oders.csv, … }',
    right: 'order: { from: csv, file: data/orders.csv, … }',
  },
  'not-a-file': {
    severity: 'error',
    title: say('这里应当是文件', 'A file is expected'),
    why: say('同名的位置放了文件夹或别的东西。', 'A folder or something else stands where a file should be.'),
    fix: say('把它改名或移走，再放上文件。', 'Rename or move it, then put the file there.'),
    wrong: 'intents/greeting.yml/        (a folder)',
    right: 'intents/greeting.yml         (a file)',
  },
  unreadable: {
    severity: 'error',
    title: say('文件读不出来', 'A file cannot be read'),
    why: say('没有权限，或磁盘、链接有问题。', 'There is no permission, or the disk or a link is broken.'),
    fix: say(
      '检查文件权限；如果是快捷方式，换成文件本身。',
      'Check its permissions; replace a link by the file itself.',
    ),
    wrong: '---------- greeting.yml',
    right: '-rw-r--r-- greeting.yml',
  },
  'outside-folder': {
    severity: 'error',
    title: say('文件指到了资料夹外面', 'A file leads out of the folder'),
    why: say(
      '只读资料夹里的文件，这样别处的内容不会被带进来。',
      'Only files inside the folder are read, so that nothing else gets in.',
    ),
    fix: say('把文件复制进资料夹，不用链接和 ../。', 'Copy the file into the folder; use neither links nor ../.'),
    wrong: 'file: ../../etc/orders.csv',
    right: 'file: data/orders.csv',
  },
  'file-too-large': {
    severity: 'error',
    title: say('文件太大', 'The file is too large'),
    why: say(
      'YAML 和 Markdown 最多 5 MB，表格最多 50 MB，免得检查时卡住。',
      'YAML and Markdown may have 5 MB, spreadsheets 50 MB, so that a check ends soon.',
    ),
    fix: say('拆成几个小文件，放在同一个文件夹里。', 'Split it into smaller files in the same folder.'),
    wrong: 'faq/all.yml                  (60 MB)',
    right: 'faq/2026-a.yml faq/2026-b.yml',
  },
  'not-utf8': {
    severity: 'error',
    title: say('编码不是 UTF-8', 'Not UTF-8'),
    why: say('用 GBK、UTF-16 存的中文会变成乱码。', 'Chinese saved as GBK or UTF-16 turns into nonsense.'),
    fix: say(
      '在编辑器里“另存为”，编码选 UTF-8；Excel 选“CSV UTF-8”。',
      'Use “save as” with UTF-8; in Excel choose “CSV UTF-8”.',
    ),
    wrong: '另存为 → 编码：ANSI / GBK / Unicode',
    right: '另存为 → 编码：UTF-8',
  },
  'control-character': {
    severity: 'error',
    title: say('有看不见的控制字符', 'An invisible control character'),
    why: say('文件可能是 UTF-16，或者没有复制完整。', 'The file may be UTF-16, or was not copied whole.'),
    fix: say(
      '另存为 UTF-8；还不行就删掉这个位置的字符重新打。',
      'Save it as UTF-8; failing that, delete the character and type it again.',
    ),
    wrong: 'title: 查␀货',
    right: 'title: 查货',
  },
  'empty-file': {
    severity: 'error',
    title: say('文件是空的', 'The file is empty'),
    why: say('可能没有保存成功。', 'It may not have been saved.'),
    fix: say('写上内容；用不着就删掉这个文件。', 'Fill it in, or delete it if it is not needed.'),
    wrong: '(nothing)',
    right: 'title: 查货\n…',
  },
  'bad-name': {
    severity: 'error',
    title: say('名字不能这样写', 'Not a usable name'),
    why: say(
      '文件名和键名只用小写英文字母、数字和 -，别处才能引用它。',
      'Names are lower-case letters, digits and -, so that others can refer to them.',
    ),
    fix: say('改成小写英文，例如 order-tracking。', 'Use lower-case English, such as order-tracking.'),
    wrong: 'intents/查货.yml',
    right: 'intents/order-tracking.yml',
  },
  'no-intents': {
    severity: 'error',
    title: say('没有任何意图', 'No intents'),
    why: say('意图文件夹是空的，机器人什么也办不了。', 'The folder of intents is empty, so nothing can be asked for.'),
    fix: say(
      '放进至少一个 .yml，可以用 yingsheng new intent 名字 生成。',
      'Add at least one .yml; `yingsheng new intent NAME` makes one.',
    ),
    wrong: 'intents/                     (empty)',
    right: 'intents/greeting.yml',
  },
  'duplicate-intent': {
    severity: 'error',
    title: say('同名的意图有两个文件', 'Two files for one intent'),
    why: say(
      '.yml 和 .yaml 同时存在，不知道以哪个为准。',
      'There is both a .yml and a .yaml; neither is clearly meant.',
    ),
    fix: say('只保留一个。', 'Keep one of them.'),
    wrong: 'intents/claim.yml intents/claim.yaml',
    right: 'intents/claim.yml',
  },
} as const satisfies Record<string, CodePage>;
