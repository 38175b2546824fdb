/** How often a line is written where no terminal shows it move; ms. */
const LINE_EVERY = 3000;

export interface Progress {
  /** How many of the total are done. */
  tell(done: number): void;
  end(): void;
}

/** What a person waits for, on stderr: in a terminal one line that moves, elsewhere a line every few seconds. */
export function createProgress(what: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  let written = performance.now();
  const line = (done: number): string =>
    `${what} ${done}/${total} · ${total === 0 ? 100 : Math.floor((100 * done) / total)}%`;
  return {
    tell(done) {
      if (stream.isTTY) stream.write(`\r${line(done)}\u001b[K`);
      else if (performance.now() - written >= LINE_EVERY) {
        stream.write(`${line(done)}\n`);
        written = performance.now();
      }
    },
    end() {
      if (stream.isTTY) stream.write('\r\u001b[K');
    },
  };
}
