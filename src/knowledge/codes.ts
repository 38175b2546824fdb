import { CONDITION_CODES } from './codes/conditions.ts';
import { DESK_CODES } from './codes/desks.ts';
import { FAQ_CODES } from './codes/faq.ts';
import { FILE_CODES } from './codes/files.ts';
import { INTENT_CODES } from './codes/intents.ts';
import type { CodePage } from './codes/page.ts';
import { PHRASE_CODES } from './codes/phrases.ts';
import { RECORD_CODES } from './codes/records.ts';
import { VARIABLE_CODES } from './codes/variables.ts';
import { YAML_CODES } from './codes/yaml.ts';
import { say, type Problem } from './problem.ts';

/** Chapters of the page of codes, in the order in which a reader meets them. */
export const CODE_CHAPTERS = [
  { title: say('文件', 'Files'), codes: FILE_CODES },
  { title: say('YAML 写法', 'YAML'), codes: YAML_CODES },
  { title: say('意图和流程', 'Intents and flows'), codes: INTENT_CODES },
  { title: say('条件', 'Conditions'), codes: CONDITION_CODES },
  { title: say('变量和隐私', 'Variables and privacy'), codes: VARIABLE_CODES },
  { title: say('话术', 'Phrases'), codes: PHRASE_CODES },
  { title: say('常见问题', 'Frequent questions'), codes: FAQ_CODES },
  { title: say('部门和规定', 'Desks and policies'), codes: DESK_CODES },
  { title: say('业务数据', 'Records'), codes: RECORD_CODES },
] as const satisfies readonly { title: Problem['message']; codes: Record<string, CodePage> }[];

/** Every code there is, each with its page. */
export const CODES = {
  ...FILE_CODES,
  ...YAML_CODES,
  ...INTENT_CODES,
  ...CONDITION_CODES,
  ...VARIABLE_CODES,
  ...PHRASE_CODES,
  ...FAQ_CODES,
  ...DESK_CODES,
  ...RECORD_CODES,
};

export type Code = keyof typeof CODES;

export function isCode(name: string): name is Code {
  return Object.hasOwn(CODES, name);
}

/** What keeps a file from being read at all: other problems may only follow from it. */
export function isAboutReading(name: string): boolean {
  return Object.hasOwn(FILE_CODES, name) || name === 'bad-yaml' || name === 'tab-indent';
}
