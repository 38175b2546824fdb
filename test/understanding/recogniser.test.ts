import { describe, expect, it } from 'vitest';
import { learn } from '../../src/understanding/learn.ts';
import { createLexicon, listAt } from '../../src/understanding/lexicon.ts';
import { createModel, trainModel } from '../../src/understanding/model.ts';
import { createRecogniser } from '../../src/understanding/recogniser.ts';
import { createScorer, trainSoftmax } from '../../src/understanding/softmax.ts';
import { createSpace, learnSpace } from '../../src/understanding/vectors.ts';
import { examples, now, understand } from './freight.ts';

describe('trainSoftmax', () => {
  const { texts, names } = createLexicon((text) => text.split(' '))(['a x', 'a y', 'b x', 'b y']);
  const bags = [0, 1, 2, 3].map((i) => ({ places: listAt(texts, i), unseen: 0 }));
  const vectorOf = createSpace(learnSpace(bags, names.length));
  const scorer = createScorer(trainSoftmax(bags.map(vectorOf), Int32Array.of(0, 0, 1, 1), 2, names.length), 2);

  it('gives logarithms of probabilities that sum to one, the right class first', () => {
    const scores = scorer.score(vectorOf(bags[3]!));
    expect(scores.reduce((sum, score) => sum + Math.exp(score), 0)).toBeCloseTo(1);
    expect(scores[1]).toBeGreaterThan(scores[0]!);
  });

  it('gives as reason the feature that tells the classes apart', () => {
    const [telling, shared] = scorer.reasons(vectorOf(bags[0]!), 0);
    expect(telling).toBeGreaterThan(Math.abs(shared!));
  });
});

describe('createModel', () => {
  const { texts, names } = createLexicon((text) => text.split(' '))([
    'a b c d e f g h i j',
    'k l m n o p q r s t',
    'a b c d e',
    'a b c d e f g h',
  ]);
  const bags = [0, 1, 2, 3].map((i) => ({ places: listAt(texts, i), unseen: 0 }));
  const samples = bags.slice(0, 2).map((bag, label) => ({ bag, label }));
  const model = createModel(trainModel(samples, 2, names.length));

  it('sees whether anything speaks for its guess beside what is most telling', () => {
    const [few, many] = [model.judge(bags[2]!), model.judge(bags[3]!)];
    expect([few.best, many.best]).toEqual([0, 0]);
    const [restOfFew, restOfMany] = [few.evidence[5]!, many.evidence[5]!];
    expect(restOfMany).toBeGreaterThan(restOfFew);
    const [speakOfFew, speakOfMany] = [few.evidence[6]!, many.evidence[6]!];
    expect(speakOfMany).toBeCloseTo(Math.log(1 + 8) / 3);
    expect(speakOfFew).toBeCloseTo(Math.log(1 + 5) / 3);
  });
});

describe('createRecogniser', () => {
  it('tells features and nearest examples that spoke for its guess', () => {
    const { guesses, features, nearest } = understand.explain('箱子破了要赔', now);
    expect(guesses[0]?.intent).toBe('claim');
    expect(features.map(({ feature }) => feature)).toContain('赔');
    expect(nearest[0]).toMatchObject({ intent: 'claim', example: expect.stringContaining('破') as string });
    expect(features[0]?.weight).toBeGreaterThan(features.at(-1)?.weight ?? 0);
  });

  it('explains nothing where there is nothing', () => {
    expect(understand.explain('', now)).toEqual({ guesses: [], features: [], nearest: [] });
  });

  it('is never sure of a line of its own chatter, however it is drawn out', () => {
    const { recognise } = createRecogniser(learn(examples, ['哈哈哈', '呵呵'], false));
    expect(recognise('哈哈哈哈哈哈')[0]?.confidence).toBeLessThan(0.1);
  });

  it('knows from unknown words alone that a message may be anything', () => {
    const { recognise } = createRecogniser(learn(examples, [], false));
    const sure = recognise('货款什么时候到账')[0]?.confidence ?? 0;
    expect(recognise('珠穆朗玛峰海拔')[0]?.confidence ?? 0).toBeLessThan(sure / 2);
  });

  it('says the same of a text however much it has heard since', () => {
    const { recognise } = createRecogniser(learn(examples, [], false));
    const others = Array.from({ length: 1500 }, (_, n) => `第${n}次问货款`);
    const first = recognise('货款什么时候到账');
    expect(recognise('货款什么时候到账')).toEqual(first);
    for (const other of others) recognise(other);
    expect(recognise('货款什么时候到账')).toEqual(first);
    expect(recognise('破了怎么赔')[0]?.intent).not.toBe(first[0]?.intent);
  });

  it('treats every number of a kind alike once it is masked', () => {
    const guesses = ['12345678', '87654321'].map((waybill) => understand(`查一下${waybill}到哪了`, now).guesses);
    expect(guesses[0]).toEqual(guesses[1]);
  });
});
