import type { Checking } from './check.ts';
import { unknownName } from './check.ts';
import type { IntentSource, StepSource } from './format.ts';
import type { Located, Path } from './located.ts';
import { durationMs } from './duration.ts';
import { say } from './problem.ts';
import { walkSteps, type Visit } from './walk-steps.ts';

/** The shape of a flow: branches, records and what belongs together. */
export function checkSteps(checking: Checking): void {
  for (const intent of checking.draft.intents.values()) {
    for (const visit of walkSteps(intent.value.steps)) {
      checkRecords(checking, intent, visit);
      checkTogether(checking, intent, visit);
      if (visit.action.choose) checkChoose(checking, intent, visit.action.choose, [...visit.path, 'choose']);
    }
  }
}

function checkRecords({ draft, report }: Checking, intent: Located<IntentSource>, { action, path }: Visit): void {
  const sources = draft.sources?.value;
  if (!sources) return;
  if (action.find !== undefined && !(action.find in sources)) {
    report(
      intent.at([...path, 'find']),
      'unknown-record',
      unknownName('业务记录', 'record', action.find, Object.keys(sources)),
    );
  }
  if (action.call && !(action.call.source in sources)) {
    report(
      intent.at([...path, 'call', 'source']),
      'unknown-record',
      unknownName('业务记录', 'record', action.call.source, Object.keys(sources)),
    );
  } else if (action.call && sources[action.call.source]?.from === 'csv') {
    report(
      intent.at([...path, 'call', 'source']),
      'read-only-source',
      say(
        'csv 数据只能读，call 需要 from: http 的数据源',
        'a csv source can only be read; call needs a source with from: http',
      ),
    );
  }
  const fields = action.find === undefined ? undefined : sources[action.find]?.fields;
  for (const field of Object.keys(action.by ?? {})) {
    if (fields && !(field in fields)) {
      report(
        intent.keyAt([...path, 'by', field]),
        'unknown-field',
        unknownName('字段', 'field', field, Object.keys(fields)),
      );
    }
  }
}

function checkTogether({ report }: Checking, intent: Located<IntentSource>, { action, path, branch }: Visit): void {
  for (const key of ['by', 'all'] as const) {
    if (action[key] !== undefined && action.find === undefined) {
      report(
        intent.keyAt([...path, key]),
        'find-missing',
        say(`“${key}”要和 find 写在同一步`, `"${key}" belongs to a step with find`),
      );
    }
  }
  if (action.verify && !('waybill' in intent.value.slots)) {
    report(
      intent.keyAt([...path, 'verify']),
      'verify-without-waybill',
      say('verify 需要知道单号，请在 slots 中加上 waybill', 'verify needs the waybill; add the slot waybill'),
    );
  }
  if (action.follow_up && durationMs(action.follow_up.after) === null) {
    report(
      intent.at([...path, 'follow_up', 'after']),
      'bad-duration',
      say('时长请写成 30m、2h 或 1d', 'write a duration such as 30m, 2h or 1d'),
    );
  }
  if (branch === null && Object.values(action).every((value) => value === undefined)) {
    report(
      intent.at(path),
      'empty-step',
      say('这一步什么也不做，请填写或删去', 'this step does nothing; fill it in or remove it'),
    );
  }
}

function checkChoose(
  { report }: Checking,
  intent: Located<IntentSource>,
  branches: NonNullable<StepSource['choose']>,
  path: Path,
): void {
  for (const [index, branch] of branches.entries()) {
    const otherwise = 'otherwise' in branch;
    const place = intent.at([...path, index]);
    if (otherwise && branch.when !== undefined) {
      report(
        place,
        'when-and-otherwise',
        say('一个分支只能写 when 或 otherwise 之一', 'a branch has either when or otherwise'),
      );
    } else if (!otherwise && branch.when === undefined) {
      report(
        place,
        'branch-without-when',
        say('这个分支缺少条件，请加上 when: 或 otherwise:', 'this branch has no condition; add when: or otherwise:'),
      );
    } else if (otherwise && index < branches.length - 1) {
      const second = branches.slice(0, index).some((earlier) => 'otherwise' in earlier);
      if (!second)
        report(
          place,
          'otherwise-not-last',
          say('otherwise 必须是最后一个分支，请移到最后', 'otherwise must be the last branch; move it to the end'),
        );
    }
  }
  const count = branches.filter((branch) => 'otherwise' in branch).length;
  if (count === 0) {
    report(
      intent.keyAt(path),
      'missing-otherwise',
      say(
        'choose 缺少 otherwise：请补上“其他情况”怎么办',
        'choose has no otherwise; say what happens in all other cases',
      ),
    );
  } else if (count > 1) {
    report(
      intent.keyAt(path),
      'second-otherwise',
      say('choose 里有多个 otherwise，请只保留一个', 'choose has more than one otherwise; keep one'),
    );
  }
}
