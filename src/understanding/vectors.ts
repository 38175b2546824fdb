/** The features of one text by number, and how many of them no other text has shown. */
export interface Bag {
  readonly places: Int32Array;
  readonly unseen: number;
}

/** Gives the features of a text by number. */
export type ReadBag = (features: ReadonlySet<string>) => Bag;

/** `names`: the features that have a number, from 0. */
export function createVocabulary(names: readonly string[]): ReadBag {
  const places = new Map(names.map((name, place) => [name, place]));
  return (features) => {
    const found: number[] = [];
    for (const feature of features) {
      const place = places.get(feature);
      if (place !== undefined) found.push(place);
    }
    return { places: Int32Array.from(found), unseen: features.size - found.length };
  };
}

/** A sparse vector of length 1: places and values side by side. */
export interface Vector {
  readonly places: Int32Array;
  readonly values: Float32Array;
  /** 0..1, how much of the text's weight lies in features that were seen in training. */
  readonly known: number;
}

/** How many of the bags learned from have each feature. Plain: it can be kept and sent. */
export interface Space {
  readonly counts: Int32Array;
  readonly bags: number;
}

export function learnSpace(bags: readonly Bag[], dimensions: number): Space {
  const counts = new Int32Array(dimensions);
  for (const { places } of bags) for (const place of places) counts[place]!++;
  return { counts, bags: bags.length };
}

/** Weighs each feature by how telling it is: the rarer, the more. What no bag learned from has counts as unseen. */
export function createSpace({ counts, bags }: Space): (bag: Bag) => Vector {
  // Not Float32Array.from: it takes ten times as long.
  const weights = new Float32Array(counts.length);
  for (let place = 0; place < counts.length; place++) weights[place] = 1 + Math.log((1 + bags) / (1 + counts[place]!));
  const rarest = 1 + Math.log(1 + bags);
  return (bag) => {
    let square = 0;
    let seen = 0;
    for (const place of bag.places) {
      if (counts[place] === 0) continue;
      square += weights[place]! * weights[place]!;
      seen++;
    }
    const places = seen === bag.places.length ? bag.places : bag.places.filter((place) => counts[place]! > 0);
    const unknown = (bag.unseen + bag.places.length - places.length) * rarest * rarest;
    const values = new Float32Array(places.length);
    const length = Math.sqrt(square) || 1;
    for (let i = 0; i < places.length; i++) values[i] = weights[places[i]!]! / length;
    return { places, values, known: square / (square + unknown || 1) };
  };
}
