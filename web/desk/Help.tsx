import { Dialog } from './Dialog.tsx';
import { KEYS } from './keys.ts';

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="快捷键" onClose={onClose} closeOn="?">
      <dl class="keys">
        {KEYS.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <kbd>{key === 'Escape' ? 'Esc' : key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">输入框里：Enter 发送，Shift + Enter 换行，Esc 离开输入框。</p>
    </Dialog>
  );
}
