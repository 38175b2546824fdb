/**
 * What an embedding endpoint has made of texts that stand in administrators' files, so that it is asked for each once.
 * Never of what a customer wrote. `model`: as the endpoint names it; `hash`: of the text.
 */
export interface VectorStore {
  /** Those that are kept, by hash. */
  vectors(model: string, hashes: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Puts them in, or changes them. */
  keepVectors(model: string, vectors: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** All of a model. */
  dropVectors(model: string): Promise<void>;
  /** Deletes, of every model, those of texts that are none of these: the files do not hold them any more. */
  keepOnlyVectorsOf(hashes: readonly string[]): Promise<void>;
}
