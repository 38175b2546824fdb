import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { Mark } from '../brand/Mark.tsx';
import { useObservable } from '../browser/observable.ts';
import type { Api } from './api.ts';
import { wordsOf, type Board } from './board.ts';
import type { Key } from './keys.ts';
import type { Agent, Directory, Story } from './model.ts';
import { Sheet } from './Sheet.tsx';

interface Props {
  readonly board: Board;
  readonly openId: string | null;
  readonly directory: Directory;
  readonly me: Agent;
  readonly api: Api;
  readonly now: number;
  /** Where the open ticket puts what it does with a shortcut. */
  readonly pressed: RefObject<((key: Key) => boolean) | null>;
  readonly onOpen: (id: string | null) => void;
}

/** The right pane: nothing, loading, an error, or the ticket. */
export function Detail({ board, openId, ...rest }: Props) {
  const story = useObservable(board.story);
  const error = useObservable(board.storyError);
  if (openId === null) {
    return (
      <section class="detail none">
        <Mark size={44} />
        <p>请从左边选择一张工单。</p>
        <p class="hint">
          按 <kbd>j</kbd> <kbd>k</kbd> 上下移动，<kbd>Enter</kbd> 打开，<kbd>?</kbd> 查看全部快捷键
        </p>
      </section>
    );
  }
  if (error !== null || story?.id !== openId) {
    return (
      <section class="detail none">
        <button type="button" class="button plain back-only" onClick={() => rest.onOpen(null)}>
          <Icon name="back" />
          返回列表
        </button>
        {error === null ? <p aria-busy="true">正在打开 {openId}…</p> : <p role="alert">{error}</p>}
      </section>
    );
  }
  return <OpenTicket key={story.id} board={board} story={story} {...rest} />;
}

function OpenTicket(props: Omit<Props, 'openId'> & { story: Story }) {
  const { board, story } = props;
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);

  // What went wrong is said until the ticket changes, and never longer than it is true.
  useEffect(() => setFailure(''), [story.status, story.owner?.agent]);

  /** Does an action, one at a time; true when it is done. */
  const act = async (...[action, body]: [Parameters<Board['act']>[1], Record<string, string>?]): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setFailure('');
    try {
      await board.act(story.id, action, body);
      return true;
    } catch (error) {
      setFailure(wordsOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return <Sheet {...props} act={act} busy={busy} failure={failure} />;
}
