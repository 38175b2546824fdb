import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import type { Api } from './api.ts';
import type { Attached } from './model.ts';

/** Files need the token, so they come by fetch and are shown from memory. */
export function Pictures({ files, api }: { files: readonly Attached[]; api: Api }) {
  return (
    <ul class="pictures">
      {files.map((file) => (
        <li key={file.id}>
          <OneFile file={file} api={api} />
        </li>
      ))}
    </ul>
  );
}

function OneFile({ file, api }: { file: Attached; api: Api }) {
  const [url, setUrl] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const [tries, setTries] = useState(0);
  const picture = file.kind === 'image';

  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    setLost(false);
    api.file(file.url).then(
      (blob) => {
        if (gone) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      },
      () => setLost(true),
    );
    return () => {
      gone = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [api, file.url, tries]);

  if (lost) {
    return (
      <button type="button" class="file" onClick={() => setTries(tries + 1)}>
        <Icon name="retry" size={18} />
        没有取到，点击重试
      </button>
    );
  }
  if (url === null) return <span class="file waiting" aria-label="正在读取附件" />;
  if (!picture) {
    return (
      <a class="file" href={url} download={file.name}>
        <Icon name="file" size={18} />
        {file.name}
      </a>
    );
  }
  return (
    <a href={url} target="_blank" rel="noopener" title="在新窗口查看">
      <img src={url} alt={file.name || '客户发来的图片'} />
    </a>
  );
}
