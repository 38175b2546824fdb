/** What takes its time when the files are many. */
export type Stage = 'reading' | 'checking' | 'indexing' | 'learning' | 'trying';

const WORDS: Readonly<Record<Stage, string>> = {
  reading: '读文件 (reading the files)',
  checking: '核对 (checking)',
  indexing: '整理问答 (indexing the FAQ)',
  learning: '学习例句 (learning the examples)',
  trying: '试说例句 (trying the examples)',
};

/** What a person is told. */
export function wordsOf(stage: Stage): string {
  return `正在${WORDS[stage]}……`;
}

/** So long people wait without being told what for, in ms. */
const PATIENCE = 2000;

export interface Progress {
  readonly onStage: (stage: Stage) => void;
  /** Nobody waits any more. */
  end(): void;
}

/** Tells what is going on where somebody waits for long, a line for each stage. */
export function createProgress(tell: (line: string) => void): Progress {
  let now: Stage = 'reading';
  let telling = false;
  const say = (): void => tell(wordsOf(now));
  const timer = setTimeout(() => {
    telling = true;
    say();
  }, PATIENCE);
  timer.unref();
  return {
    onStage(stage) {
      if (stage === now) return;
      now = stage;
      if (telling) say();
    },
    end() {
      telling = false;
      clearTimeout(timer);
    },
  };
}
