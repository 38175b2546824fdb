import { z } from 'zod';
import type { Report } from './files.ts';
import type { Located, Path } from './located.ts';
import type { Code } from './codes.ts';
import type { Place } from './knowledge.ts';
import { nearest, suggest } from './nearest.ts';
import { say, type Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** Reports each thing that does not fit a schema at the place where it stands. */
export function reportSchemaIssues(
  issues: readonly Issue[],
  schema: z.ZodType,
  input: unknown,
  located: Located<unknown>,
  report: Report,
): void {
  for (const issue of issues.flatMap((one) => leaves(one, []))) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const known = knownKeys(schema, issue.path);
        const meant = nearest(key, known);
        report(located.keyAt([...issue.path, key]), 'unknown-key', unknownKey(key, meant, known));
      }
    } else if (issue.code === 'invalid_key') {
      report(
        located.keyAt(issue.path),
        'bad-name',
        say(
          `“${String(issue.path.at(-1))}”不是可用的名字，请用小写英文字母、数字和 -`,
          `"${String(issue.path.at(-1))}" is not a usable name; use lower-case letters, digits and -`,
        ),
      );
    } else {
      const missing = valueAt(input, issue.path) === undefined;
      const place = missing ? located.at(issue.path.slice(0, -1)) : located.at(issue.path);
      if (missing && issue.path.at(-1) === 'owner') {
        reportNoOwner(place, report);
        continue;
      }
      const value = valueAt(input, issue.path);
      const [code, { zh, en }] = missing && issue.code !== 'custom' ? missingKey(issue) : misfit(issue, value);
      const meant = suggestKey(schema, issue.path, value);
      report(place, code, say(zh + meant.zh, en + meant.en));
    }
  }
}

/** A union fails in each of its forms: tells only the form that came nearest. */
function leaves(issue: Issue, before: Path): Issue[] {
  const path = [...before, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const depth = (forms: readonly Issue[]): number =>
    Math.max(...forms.map((one) => one.path.length + (one.code === 'invalid_type' ? 0 : 1)));
  const [best, ...rest] = [...issue.errors].sort((a, b) => depth(b) - depth(a));
  if (!best || (depth(best) === 0 && rest.length > 0)) return [{ ...issue, path }];
  return best.flatMap((one) => leaves(one, path));
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (at !== null && typeof at === 'object' ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    input,
  );
}

/** Where keys of one's own are allowed, one whose value does not fit may be a known key misspelt; one left empty tells nothing. */
function suggestKey(schema: z.ZodType, path: Path, value: unknown): ReturnType<typeof suggest> {
  const key = String(path.at(-1) ?? '');
  const known = knownKeys(schema, path.slice(0, -1));
  return suggest(key, value === undefined || value === null || known.includes(key) ? [] : known);
}

function unknownKey(key: string, meant: string | null, known: readonly string[]): Problem['message'] {
  if (meant !== null)
    return say(`不认识“${key}”，您是否想写“${meant}”？`, `unknown key "${key}"; did you mean "${meant}"?`);
  return say(
    `不认识“${key}”，请删去；这里可以写：${known.join('、')}`,
    `unknown key "${key}"; remove it; known here: ${known.join(', ')}`,
  );
}

export function reportNoOwner(place: Place, report: Report): void {
  report(
    place,
    'faq-without-owner',
    say(
      '这条答案没有负责人，请写上 owner: 姓名，过期了才知道找谁',
      'nobody owns this answer; write owner: name, so that somebody can be asked when it grows old',
    ),
  );
}

function missingKey(issue: Issue): [Code, Problem['message']] {
  const key = String(issue.path.at(-1) ?? '');
  return ['missing-key', say(`缺少“${key}”，请补上`, `"${key}" is missing; please add it`)];
}

const TYPE_NAMES: Readonly<Record<string, readonly [string, string]>> = {
  string: ['文字', 'text'],
  number: ['数字', 'a number'],
  int: ['整数', 'a whole number'],
  boolean: ['true 或 false', 'true or false'],
  array: ['列表', 'a list'],
  object: ['键值对', 'keys with values'],
  record: ['键值对', 'keys with values'],
  null: ['留空', 'nothing'],
};

function typeName(value: unknown): readonly [string, string] {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return TYPE_NAMES[type] ?? [type, type];
}

/** Chinese for the descriptions that format.ts gives its patterns. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['a name: lower-case letters, digits, - and _', '小写英文字母、数字、- 和 _ 组成的名字'],
  ['a key such as payment.overdue', '形如 payment.overdue 的键'],
  ['a date such as 2026-11-21', '形如 2026-11-21 的日期'],
  ['a duration such as 30m, 2h or 1d', '形如 30m、2h 或 1d 的时长'],
  ['hours such as 08:30-12:00, 13:30-18:00', '形如 08:30-12:00, 13:30-18:00 的时间'],
  ['a desk needs at least the clock `reply`', '至少包含 reply 时限的 promises'],
]);

function misfit(issue: Issue, value: unknown): [Code, Problem['message']] {
  const [foundZh, foundEn] = typeName(value);
  switch (issue.code) {
    case 'invalid_type': {
      const [zh, en] = TYPE_NAMES[issue.expected] ?? [issue.expected, issue.expected];
      return [
        'wrong-type',
        say(`这里应当是${zh}，现在是${foundZh}，请修改`, `expected ${en}, found ${foundEn}; please change it`),
      ];
    }
    case 'invalid_union':
      return [
        'wrong-type',
        say(`这里不能写${foundZh}，请参照其他文件的写法`, `${foundEn} does not fit here; see how other files write it`),
      ];
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const meant = typeof value === 'string' ? nearest(value, allowed) : null;
      return [
        'bad-value',
        say(
          `只能是 ${allowed.join('、')}${meant ? `；您是否想写“${meant}”？` : '，请选一个'}`,
          `must be one of ${allowed.join(', ')}${meant ? `; did you mean "${meant}"?` : ''}`,
        ),
      ];
    }
    case 'too_small':
    case 'too_big': {
      const limit = String(issue.code === 'too_small' ? issue.minimum : issue.maximum);
      if (issue.code === 'too_small' && issue.origin !== 'number' && issue.origin !== 'int') {
        return ['empty-value', say('这里不能为空，请填写', 'this must not be empty; please fill it in')];
      }
      const least = issue.code === 'too_small';
      return [
        'out-of-range',
        say(
          `数值${least ? '不能小于' : '不能大于'} ${limit}，请修改`,
          `the number must be at ${least ? 'least' : 'most'} ${limit}; please change it`,
        ),
      ];
    }
    default: {
      const zh = HINTS.get(issue.message);
      return [
        'bad-format',
        say(`这里应当是${zh ?? issue.message}，请修改`, `expected ${issue.message}; please change it`),
      ];
    }
  }
}

/** The keys an object may have at `path`, by walking the schema as zod describes it. */
function knownKeys(schema: z.ZodType, path: Path): string[] {
  let at: readonly z.core.$ZodType[] = [schema];
  for (const part of path) at = at.flatMap(unwrap).flatMap((one) => child(one, part));
  return [
    ...new Set(
      at.flatMap(unwrap).flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape as object) : [])),
    ),
  ];
}

function child(schema: z.core.$ZodType, part: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const found = (schema.shape as Record<string, z.core.$ZodType>)[String(part)];
    return found ? [found] : [];
  }
  if (schema instanceof z.ZodArray) return [schema.element];
  return schema instanceof z.ZodRecord ? [schema.valueType] : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodLazy) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return unwrap(schema.unwrap());
  return [schema];
}
