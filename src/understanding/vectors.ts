/** A sparse vector of length 1: places and values side by side. */
export interface Vector {
  readonly places: Int32Array;
  readonly values: Float64Array;
  /** 0..1, how much of the text's weight lies in features that were seen in training. */
  readonly known: number;
}

export interface Space {
  readonly dimensions: number;
  vectorOf(features: ReadonlySet<string>): Vector;
}

/** Learns which features there are and how telling each is: the rarer, the more. */
export function createSpace(texts: readonly ReadonlySet<string>[]): Space {
  const places = new Map<string, number>();
  const counts: number[] = [];
  for (const features of texts) {
    for (const feature of features) {
      const place = places.get(feature) ?? places.set(feature, places.size).size - 1;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const weights = Float64Array.from(counts, (count) => 1 + Math.log((1 + texts.length) / (1 + count)));
  const unseen = 1 + Math.log(1 + texts.length);
  return {
    dimensions: places.size,
    vectorOf: (features) => {
      const found: number[] = [];
      let unknown = 0;
      for (const feature of features) {
        const place = places.get(feature);
        if (place === undefined) unknown += unseen * unseen;
        else found.push(place);
      }
      let square = 0;
      for (const place of found) square += weights[place]! * weights[place]!;
      const length = Math.sqrt(square) || 1;
      return {
        places: Int32Array.from(found),
        values: Float64Array.from(found, (place) => weights[place]! / length),
        known: square / (square + unknown || 1),
      };
    },
  };
}
