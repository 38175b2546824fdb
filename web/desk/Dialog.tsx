import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
  /** A key that closes it, besides Escape. */
  readonly closeOn?: string;
}

/** The browser's own modal dialog: focus stays inside, Escape closes. */
export function Dialog({ title, children, onClose, closeOn }: Props) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // A dialog that only tells has nothing to begin with: the first button would draw the eye.
    if (dialog.current?.querySelector('form') === null) dialog.current.focus();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      tabIndex={-1}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      onKeyDown={(event) => event.key === closeOn && dialog.current?.close()}
    >
      <div class="dialog-body">
        <header>
          <h2>{title}</h2>
          <button type="button" class="tool" title="关闭" onClick={() => dialog.current?.close()}>
            <Icon name="close" />
            <span class="unseen">关闭</span>
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
