import { Icon } from '../brand/Icon.tsx';
import type { Question } from './Ask.tsx';
import { dueWords, momentWords, urgencyOf } from './due.ts';
import type { Story } from './model.ts';
import { Shown } from './Shown.tsx';
import { kindWords, PRIORITY, STATUS } from './words.ts';

interface Props {
  readonly story: Story;
  readonly mine: boolean;
  readonly busy: boolean;
  readonly now: number;
  readonly onBack: () => void;
  readonly onClaim: () => void;
  readonly onAsk: (question: Question) => void;
}

export function SheetHead({ story, mine, busy, now, onBack, onClaim, onAsk }: Props) {
  const { owner, status } = story;
  const closed = status === 'resolved';
  const urgency = urgencyOf(story, now);
  return (
    <header class="sheet-head">
      <div class="sheet-line">
        <button type="button" class="tool sheet-back" title="返回列表（Esc）" onClick={onBack}>
          <Icon name="back" />
          <span class="unseen">返回列表</span>
        </button>
        <h2>
          {kindWords(story.kind)}
          <span class="row-id">{story.id}</span>
        </h2>
        {story.priority !== 'normal' && <span class={`tag ${story.priority}`}>{PRIORITY[story.priority]}</span>}
        <span class={`status ${status}`}>{STATUS[status]}</span>
        <span class={`due ${urgency}`} title={`承诺 ${momentWords(story.promised_at, now)} 前答复`}>
          {dueWords(story, now)}
        </span>
      </div>
      <p class="sheet-summary">
        <Shown text={story.summary} name="summary" hidden={story.hidden} />
      </p>
      <div class="sheet-actions">
        <span class="holder">
          <Icon name="person" size={17} />
          {owner === null ? '还没有人认领' : mine ? '由您负责' : `由 ${owner.name}（${owner.agent}）负责`}
        </span>
        {!closed && owner === null && (
          <button type="button" class="button main" disabled={busy} onClick={onClaim}>
            认领<kbd>c</kbd>
          </button>
        )}
        {!closed && (
          <button type="button" class="button" disabled={busy} onClick={() => onAsk('transfer')}>
            转交<kbd>t</kbd>
          </button>
        )}
        {!closed && (
          <button
            type="button"
            class={mine ? 'button main' : 'button'}
            disabled={busy}
            onClick={() => onAsk('resolve')}
          >
            解决<kbd>e</kbd>
          </button>
        )}
        {closed && (
          <button type="button" class="button" disabled={busy} onClick={() => onAsk('reopen')}>
            重开
          </button>
        )}
      </div>
    </header>
  );
}
