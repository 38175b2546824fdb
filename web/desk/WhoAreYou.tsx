import { useState } from 'preact/hooks';
import type { Agent, Directory } from './model.ts';

export function WhoAreYou({ directory, onChoose }: { directory: Directory; onChoose: (me: Agent) => void }) {
  const [other, setOther] = useState(directory.agents.length === 0);
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const title = (id: string): string => directory.desks.find((desk) => desk.id === id)?.title ?? id;

  if (other) {
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChoose({ agent: number.trim(), name: name.trim() });
        }}
      >
        <label class="field">
          <span>工号</span>
          <input
            value={number}
            maxLength={32}
            required
            autofocus
            onInput={({ currentTarget }) => setNumber(currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>姓名</span>
          <input value={name} maxLength={50} required onInput={({ currentTarget }) => setName(currentTarget.value)} />
        </label>
        <p class="hint">客户会看到您的姓名和工号。</p>
        <button type="submit" class="button main wide" disabled={number.trim() === '' || name.trim() === ''}>
          进入坐席台
        </button>
        {directory.agents.length > 0 && (
          <button type="button" class="button plain wide" onClick={() => setOther(false)}>
            返回名单
          </button>
        )}
      </form>
    );
  }
  return (
    <section>
      <p class="hint">请选择您是谁。客户会看到您的姓名和工号。</p>
      <ul class="people">
        {directory.agents.map((agent) => (
          <li key={agent.number}>
            <button type="button" class="person" onClick={() => onChoose({ agent: agent.number, name: agent.name })}>
              <span class="person-face" aria-hidden="true">
                {agent.name.slice(0, 1)}
              </span>
              <span class="person-words">
                <strong>{agent.name}</strong>
                <small>{agent.desks.map(title).join('、')}</small>
              </span>
              <code>{agent.number}</code>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button plain wide" onClick={() => setOther(true)}>
        名单里没有我
      </button>
    </section>
  );
}
