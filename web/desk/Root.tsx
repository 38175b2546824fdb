import { useCallback, useMemo, useState } from 'preact/hooks';
import { createApi } from './api.ts';
import { Desk } from './Desk.tsx';
import { login } from './session.ts';
import { SignIn } from './SignIn.tsx';

/** Signed in or not. */
export function Root() {
  const [session, setSession] = useState(login.read);
  const [why, setWhy] = useState('');
  const api = useMemo(() => (session === null ? null : createApi(session.token)), [session]);

  const leave = useCallback((reason: string): void => {
    login.clear();
    setWhy(reason);
    setSession(null);
  }, []);

  if (session === null || api === null) {
    return (
      <SignIn
        why={why}
        onDone={(done) => {
          login.write(done);
          setWhy('');
          setSession(done);
        }}
      />
    );
  }
  return <Desk api={api} me={session.me} onLeave={leave} />;
}
