import { Icon } from '../brand/Icon.tsx';
import type { Problem } from './model.ts';

/** The last edit of the knowledge was refused: agents hear of it, because answers may be out of date. */
export function Problems({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const title =
    errors.length > 0
      ? `知识文件有 ${errors.length} 处错误，最近的修改没有生效，仍按上一版回答`
      : `知识文件有 ${problems.length} 条提醒`;
  return (
    <details class={errors.length > 0 ? 'problems bad' : 'problems'}>
      <summary>
        <Icon name="warning" size={17} />
        {title}
      </summary>
      <ul>
        {problems.map(({ path, line, column, code, message }) => (
          <li key={`${path}:${line}:${column}:${code}`}>
            <code>
              {path}:{line}:{column}
            </code>{' '}
            {typeof message === 'string' ? message : message.zh}
          </li>
        ))}
      </ul>
    </details>
  );
}
