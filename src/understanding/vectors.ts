/** The features of one text by number, and how many of them no other text has shown. */
export interface Bag {
  readonly places: Int32Array;
  readonly unseen: number;
}

/** Numbers features in the order in which they are first seen. */
export interface Vocabulary {
  /** Numbers what is new. */
  learn(features: ReadonlySet<string>): Bag;
  read(features: ReadonlySet<string>): Bag;
  size(): number;
  /** The features by number. */
  names(): readonly string[];
}

export function createVocabulary(): Vocabulary {
  const places = new Map<string, number>();
  return {
    learn(features) {
      for (const feature of features) if (!places.has(feature)) places.set(feature, places.size);
      return { places: Int32Array.from(features, (feature) => places.get(feature)!), unseen: 0 };
    },
    read(features) {
      const found: number[] = [];
      for (const feature of features) {
        const place = places.get(feature);
        if (place !== undefined) found.push(place);
      }
      return { places: Int32Array.from(found), unseen: features.size - found.length };
    },
    size: () => places.size,
    names: () => [...places.keys()],
  };
}

/** A sparse vector of length 1: places and values side by side. */
export interface Vector {
  readonly places: Int32Array;
  readonly values: Float32Array;
  /** 0..1, how much of the text's weight lies in features that were seen in training. */
  readonly known: number;
}

/** Learns from some bags how telling each feature is: the rarer, the more. What none of them has counts as unseen. */
export function createSpace(bags: readonly Bag[], dimensions: number): (bag: Bag) => Vector {
  const counts = new Int32Array(dimensions);
  for (const { places } of bags) for (const place of places) counts[place]!++;
  const weights = Float32Array.from(counts, (count) => 1 + Math.log((1 + bags.length) / (1 + count)));
  const rarest = 1 + Math.log(1 + bags.length);
  return (bag) => {
    const places = bag.places.filter((place) => counts[place]! > 0);
    let square = 0;
    for (const place of places) square += weights[place]! * weights[place]!;
    const unknown = (bag.unseen + bag.places.length - places.length) * rarest * rarest;
    const values = new Float32Array(places.length);
    const length = Math.sqrt(square) || 1;
    for (let i = 0; i < places.length; i++) values[i] = weights[places[i]!]! / length;
    return { places, values, known: square / (square + unknown || 1) };
  };
}
