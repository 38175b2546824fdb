import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Icon } from '../brand/Icon.tsx';
import { wordsOf } from './board.ts';
import type { Covered } from './model.ts';
import { piecesOf } from './pieces.ts';

/** Asks the server for what is covered; each time is on record. */
export const RevealContext = createContext<(field: string) => Promise<string>>(() => Promise.resolve(''));

/** A text whose private pieces stay covered until somebody asks for them. */
export function Shown({
  text,
  name,
  hidden,
  markdown = false,
}: {
  text: string;
  name: string;
  hidden: readonly Covered[];
  markdown?: boolean;
}) {
  return (
    <>
      {piecesOf(text, name, hidden).map((piece, index) =>
        piece.field === null ? (
          <span key={index}>{markdown ? piece.text.replaceAll('**', '') : piece.text}</span>
        ) : (
          <CoveredPiece key={piece.field} field={piece.field} shown={piece.text} />
        ),
      )}
    </>
  );
}

function CoveredPiece({ field, shown }: { field: string; shown: string }) {
  const reveal = useContext(RevealContext);
  const [clear, setClear] = useState<string | null>(null);
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState(false);
  if (clear !== null) return <mark class="revealed">{clear}</mark>;
  const show = async (): Promise<void> => {
    setBusy(true);
    try {
      setClear(await reveal(field));
    } catch (error) {
      setFailure(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      type="button"
      class="covered"
      disabled={busy}
      title={failure || '点击查看，查看会留下记录'}
      onClick={() => void show()}
    >
      {shown}
      <Icon name={failure === '' ? 'eye' : 'warning'} size={13} />
      <span class="unseen">查看</span>
    </button>
  );
}
