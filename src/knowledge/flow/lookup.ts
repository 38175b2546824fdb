import type { VariableCode } from '../codes/variables.ts';
import { suggest } from '../nearest.ts';
import { say, type Problem } from '../problem.ts';
import type { Use } from '../template-uses.ts';
import { isThere, type Facts } from './facts.ts';
import type { Names } from './names.ts';
import { kindName, type Kind, type Type } from './types.ts';

/** What is known at one point of a flow. */
export interface Env {
  readonly names: Names;
  readonly facts: Facts;
  /** `verify` has passed on every path to here. */
  readonly verified: boolean;
}

export interface Misfit {
  readonly code: VariableCode;
  readonly message: Problem['message'];
}

/** What Liquid gives every text and list. */
const OF_LISTS = new Set(['size', 'first', 'last']);
/** What each filter takes; the others take anything. */
const FILTERS: Readonly<Record<string, readonly Kind[]>> = {
  money: ['number'],
  kg: ['number'],
  m3: ['number'],
  day: ['day', 'time'],
  moment: ['time'],
  tail: ['text', 'number'],
  mask_phone: ['text', 'number'],
  mask_name: ['text', 'number'],
  spaced: ['text', 'number'],
};

/** Why a variable of a phrase cannot be said here, or null. `everywhere`: names bound anywhere in the desk's flows. */
export function misfitOf(use: Use, env: Env, everywhere: ReadonlySet<string>): Misfit | null {
  const [root = '', ...fields] = use.path.split('.');
  let type = env.names.get(root);
  if (type === undefined || type.sometimes === true) {
    if (type === undefined && !everywhere.has(root)) return unknown(root, env.names);
    return use.asked || isShown(root, use) ? null : notProvided(use.path, root, type?.sometimes === true);
  }
  let path = root;
  for (const field of fields) {
    const missing = mayBeMissing(path, type, env, use);
    if (missing) return missing;
    if (type.fields === undefined) return null;
    const inner: Type | undefined = type.fields.get(field);
    if (inner === undefined) return OF_LISTS.has(field) ? null : unknownField(root, path, field, type.fields.keys());
    path = `${path}.${field}`;
    if (inner.private === true && !env.verified && !use.asked && !isShown(path, use)) return notProved(path);
    type = inner;
  }
  return use.asked ? null : wrongFilter(use, type);
}

/** A path is known to be there when a surrounding `if` asked for it or for something below it. */
function isShown(path: string, { shown }: Use): boolean {
  return shown.some((known) => known === path || known.startsWith(`${path}.`));
}

function mayBeMissing(path: string, type: Type, { facts }: Env, use: Use): Misfit | null {
  if (type.kind !== 'record' || type.nullable !== true || use.asked) return null;
  if (isShown(path, use) || isThere(facts, path)) return null;
  return {
    code: 'maybe-missing',
    message: say(
      `“${path}”可能没有查到，“${use.path}”就说不出来；请先用 when: ${path} == null 分开`,
      `"${path}" may not have been found, so "${use.path}" cannot be said; branch on when: ${path} == null first`,
    ),
  };
}

function unknown(root: string, names: Names): Misfit {
  const hint = suggest(root, names.keys());
  return {
    code: 'unknown-variable',
    message: say(
      `没有名为“${root}”的变量${hint.zh || '，请改用已有的名字'}`,
      `there is no variable "${root}"${hint.en || '; use one that exists'}`,
    ),
  };
}

function notProvided(path: string, root: string, sometimes: boolean): Misfit {
  return {
    code: 'variable-not-provided',
    message: sometimes
      ? say(
          `“${path}”只在有的分支里才有，走别的分支到这里就没有“${root}”`,
          `"${path}" is there after some branches only; on the other paths to here there is no "${root}"`,
        )
      : say(
          `说到这里还没有“${root}”，说不出“${path}”`,
          `there is no "${root}" yet at this point, so "${path}" cannot be said`,
        ),
  };
}

function unknownField(root: string, path: string, field: string, known: Iterable<string>): Misfit {
  const hint = suggest(field, known);
  const code = root === 'slots' ? 'unknown-slot' : root === 'policy' ? 'unknown-policy' : 'unknown-field';
  return {
    code,
    message: say(
      `“${path}”里没有“${field}”${hint.zh || '，请改用已有的名字'}`,
      `"${path}" has no "${field}"${hint.en || '; use one that exists'}`,
    ),
  };
}

function notProved(path: string): Misfit {
  return {
    code: 'private-before-proof',
    message: say(
      `“${path}”是私密的，核对身份以前（也包括群里）不能说`,
      `"${path}" is private: it cannot be said before the owner is verified, nor in a group`,
    ),
  };
}

function wrongFilter(use: Use, type: Type): Misfit | null {
  const [filter = ''] = use.filters;
  const kinds = FILTERS[filter];
  if (kinds === undefined || type.kind === 'any' || type.kind === 'nothing' || kinds.includes(type.kind)) return null;
  const wanted = kinds.map((kind) => kindName({ kind }));
  const is = kindName(type);
  return {
    code: 'filter-type',
    message: say(
      `“${filter}”只能用在${wanted.map(({ zh }) => zh).join('或')}上，“${use.path}”是${is.zh}`,
      `"${filter}" takes ${wanted.map(({ en }) => en).join(' or ')}, but "${use.path}" is ${is.en}`,
    ),
  };
}
