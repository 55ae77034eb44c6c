/** How loud a recording is from moment to moment: the mean square of each window of its samples. */

export interface Powers {
  add(samples: Int16Array): void;
  /** The last window may be shorter than the others. */
  end(): readonly number[];
}

export function createPowers(windowSamples: number): Powers {
  const powers: number[] = [];
  let sum = 0;
  let count = 0;
  const close = (): void => {
    powers.push(sum / count);
    sum = 0;
    count = 0;
  };
  return {
    add(samples) {
      for (const sample of samples) {
        sum += sample * sample;
        count += 1;
        if (count === windowSamples) close();
      }
    },
    end() {
      if (count > 0) close();
      return powers;
    },
  };
}
