import { useState } from 'preact/hooks';
import { Mark } from '../brand/Mark.tsx';
import { createApi, Refusal } from './api.ts';
import { wordsOf } from './board.ts';
import type { Agent, Directory } from './model.ts';
import type { Login } from './session.ts';
import { WhoAreYou } from './WhoAreYou.tsx';

/** First the token, then who sits here. */
export function SignIn({ why, onDone }: { why: string; onDone: (login: Login) => void }) {
  const [token, setToken] = useState('');
  const [directory, setDirectory] = useState<Directory | null>(null);
  const [error, setError] = useState(why);
  const [busy, setBusy] = useState(false);

  const check = async (): Promise<void> => {
    setBusy(true);
    setError('');
    try {
      // A header cannot hold anything else, so no such token can be right.
      if (!/^[\x21-\x7e]+$/.test(token.trim())) throw new Refusal('denied', '');
      setDirectory(await createApi(token.trim()).directory());
    } catch (failure) {
      setError(
        failure instanceof Refusal && failure.kind === 'denied' ? '口令不正确，请核对后再试。' : wordsOf(failure),
      );
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <Mark size={48} />
        <h1>应声 · 坐席台</h1>
        {directory === null ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void check();
            }}
          >
            <label class="field">
              <span>坐席口令</span>
              <input
                type="password"
                value={token}
                autocomplete="current-password"
                autofocus
                required
                aria-invalid={error !== ''}
                aria-describedby="sign-in-help"
                onInput={({ currentTarget }) => setToken(currentTarget.value)}
              />
            </label>
            <p id="sign-in-help" class="hint">
              口令由管理员设置（DESK_TOKEN），服务第一次启动时也会显示一次。
            </p>
            {error !== '' && (
              <p class="error" role="alert">
                {error}
              </p>
            )}
            <button type="submit" class="button main wide" disabled={busy || token.trim() === ''}>
              {busy ? '正在核对…' : '继续'}
            </button>
          </form>
        ) : (
          <WhoAreYou directory={directory} onChoose={(me: Agent) => onDone({ token: token.trim(), me })} />
        )}
      </div>
    </main>
  );
}
