import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLexicon, listAt } from '../../src/understanding/lexicon.ts';

const words = (text: string): Set<string> => new Set(text.split(' '));

describe('a lexicon', () => {
  it('numbers features in the order in which texts first have them', () => {
    const { texts, names } = createLexicon(words)(['b a', 'a c', 'b a']);
    expect(names).toEqual(['b', 'a', 'c']);
    expect([0, 1, 2].map((i) => [...listAt(texts, i)])).toEqual([
      [0, 1],
      [1, 2],
      [0, 1],
    ]);
  });

  it('gives the same of the same texts, whatever it read before', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', ' '), maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1 }), (batches) => {
        const lexicon = createLexicon(words);
        for (const batch of batches) expect(lexicon(batch)).toEqual(createLexicon(words)(batch));
      }),
    );
  });

  it('reads no text again that was in the batch before', () => {
    const read: string[] = [];
    const lexicon = createLexicon((text) => {
      read.push(text);
      return words(text);
    });
    lexicon(['a', 'b']);
    lexicon(['b', 'c']);
    lexicon(['a', 'c']);
    expect(read).toEqual(['a', 'b', 'c', 'a']);
  });
});
