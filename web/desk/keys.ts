import { useEffect, useRef } from 'preact/hooks';

/** What can be done from the keyboard, and the words of the help for it. */
export const KEYS = [
  { key: 'j', words: '下一张工单' },
  { key: 'k', words: '上一张工单' },
  { key: 'Enter', words: '打开工单' },
  { key: 'c', words: '认领' },
  { key: 'r', words: '回复客户' },
  { key: 'n', words: '写备注' },
  { key: 't', words: '转交' },
  { key: 'e', words: '解决' },
  { key: '/', words: '搜索' },
  { key: '?', words: '打开或关闭本帮助' },
  { key: 'Escape', words: '返回、关闭' },
] as const;

export type Key = (typeof KEYS)[number]['key'];

/** Calls `onKey` for the shortcuts above, never while somebody types, composes, or a dialog is open. */
export function useKeys(onKey: (key: Key) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.matches('input, textarea, select') ?? false;
      if (typing && event.key === 'Escape') target?.blur();
      if (typing || (event.key === 'Enter' && target?.matches('button, a, summary'))) return;
      const known = KEYS.find(
        ({ key }) => key === event.key || (event.key.length === 1 && key === event.key.toLowerCase()),
      );
      if (known !== undefined && latest.current(known.key)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
