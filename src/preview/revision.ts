import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf, UsageError } from '../core/errors.ts';
import type { Folders } from '../knowledge/load.ts';

function git(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd, env }, (error, stdout) =>
      error instanceof Error ? reject(error) : resolve(stdout.trim()),
    );
  });
}

/** Both folders as they were at a git revision, laid out in a folder of their own; `close` removes it. */
export interface Revision {
  readonly folders: Folders;
  /** The commit's short name and its subject. */
  readonly title: string;
  close(): Promise<void>;
}

/** Touches neither the working files nor the index. Throws UsageError where there is no repository, revision or folder. */
export async function openRevision(folders: Folders, revision: string): Promise<Revision> {
  const home = await repositoryOf(folders.knowledge);
  const commit = await commitOf(home, revision);
  const inside = {
    intents: await pathInside(home, folders.intents),
    knowledge: await pathInside(home, folders.knowledge),
  };
  const room = await mkdtemp(path.join(tmpdir(), 'yingsheng-preview-'));
  const tree = path.join(room, 'tree');
  const close = (): Promise<void> => rm(room, { recursive: true, force: true });
  try {
    await mkdir(tree);
    const env = { ...process.env, GIT_INDEX_FILE: path.join(room, 'index') };
    const gitDir = await git(['rev-parse', '--absolute-git-dir'], home);
    const at = ['--literal-pathspecs', `--git-dir=${gitDir}`, `--work-tree=${tree}`];
    const paths = [inside.intents, inside.knowledge];
    await git([...at, 'restore', `--source=${commit}`, '--worktree', '--', ...paths], tree, env);
    return {
      folders: { intents: path.join(tree, inside.intents), knowledge: path.join(tree, inside.knowledge) },
      title: await git(['log', '-1', '--format=%h %s', commit], home),
      close,
    };
  } catch (error) {
    await close();
    throw new UsageError(
      `${revision} 里没有这两个文件夹：${inside.intents}、${inside.knowledge} (these folders are not in that revision): ${lastLine(error)}`,
    );
  }
}

async function repositoryOf(folder: string): Promise<string> {
  try {
    return await git(['rev-parse', '--show-toplevel'], folder);
  } catch {
    throw new UsageError(
      `${folder} 不在 git 仓库里，没有可以比较的旧版本；先用 git init、git commit 记下一版 (not in a git repository, so there is nothing to compare with)`,
    );
  }
}

async function commitOf(home: string, revision: string): Promise<string> {
  try {
    return await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], home);
  } catch {
    throw new UsageError(`git 里没有版本 ${revision} (git knows no revision ${revision})`);
  }
}

/** The folder as seen from the top of its repository, with `/`. Throws UsageError where it lies outside. */
async function pathInside(home: string, folder: string): Promise<string> {
  const [top, real] = await Promise.all([realpath(home), realpath(folder).catch(() => path.resolve(folder))]);
  const relative = path.relative(top, real);
  if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative))
    throw new UsageError(`${folder} 不在仓库 ${home} 里 (lies outside that repository)`);
  return relative.split(path.sep).join('/');
}

function lastLine(error: unknown): string {
  return messageOf(error).trim().split('\n').at(-1) ?? '';
}
