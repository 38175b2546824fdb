import { useState } from 'preact/hooks';
import { Dialog } from './Dialog.tsx';
import type { Directory, Story } from './model.ts';
import type { Act } from './Sheet.tsx';

export type Question = 'transfer' | 'resolve' | 'reopen';

interface Props {
  readonly question: Question;
  readonly story: Story;
  readonly directory: Directory;
  readonly act: Act;
  readonly busy: boolean;
  readonly failure: string;
  readonly onClose: () => void;
}

const WORDS = {
  transfer: { title: '转交', field: 'reason', label: '转交原因（写给接手的同事）', go: '转交' },
  resolve: { title: '解决', field: 'result', label: '处理结果', go: '标记为已解决' },
  reopen: { title: '重开', field: 'reason', label: '重开原因', go: '重开工单' },
} as const;

/** What has to be said with an action that changes hands or ends the matter. */
export function Ask({ question, story, directory, act, busy, failure, onClose }: Props) {
  const [text, setText] = useState('');
  const desks = directory.desks.filter(({ id }) => id !== story.desk);
  const [desk, setDesk] = useState(desks[0]?.id ?? '');
  const words = WORDS[question];

  const submit = async (): Promise<void> => {
    const body = { [words.field]: text.trim(), ...(question === 'transfer' ? { desk } : {}) };
    if (await act(question, body)) onClose();
  };

  return (
    <Dialog title={`${words.title} ${story.id}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {question === 'transfer' && (
          <label class="field">
            <span>转交给</span>
            <select value={desk} required onChange={({ currentTarget }) => setDesk(currentTarget.value)}>
              {desks.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          <span>{words.label}</span>
          <textarea
            rows={3}
            value={text}
            maxLength={4000}
            required
            autofocus
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        {question === 'resolve' && <p class="hint">解决后会告诉客户，并由智能客服继续接待。</p>}
        {failure !== '' && (
          <p class="error" role="alert">
            {failure}
          </p>
        )}
        <button
          type="submit"
          class="button main wide"
          disabled={busy || text.trim() === '' || (question === 'transfer' && desk === '')}
        >
          {busy ? '请稍候…' : words.go}
        </button>
      </form>
    </Dialog>
  );
}
