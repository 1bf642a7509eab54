/** Which class of a legend a value falls into; for fields of many cells, hence in arrays of bytes. */

/** Drawn hatched, as "no data" in the legend. */
export const NO_DATA = 255;
/** Not drawn at all. */
export const HIDDEN = 254;

/** Class k holds breaks[k-1] ≤ value < breaks[k]; n breaks give n + 1 classes. Unknown (null, NaN) is NO_DATA, never 0. */
export function classify(values: ArrayLike<number | null>, breaks: readonly number[]): Uint8Array {
  const classes = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === null || value === undefined || Number.isNaN(value)) {
      classes[index] = NO_DATA;
      continue;
    }
    let k = 0;
    while (k < breaks.length && value >= breaks[k]!) k++;
    classes[index] = k;
  }
  return classes;
}

/** Round breaks that hold about equal numbers of the values above 0; fewer when values repeat. */
export function quantileBreaks(values: ArrayLike<number | null>, n: number): number[] {
  const known = Array.from(values).filter((value): value is number => value !== null && !Number.isNaN(value) && value > 0);
  known.sort((a, b) => a - b);
  if (known.length === 0) return [];
  const breaks = Array.from({ length: n - 1 }, (_, k) => rounded(known[Math.floor(((k + 1) / n) * known.length)]!));
  return [...new Set(breaks)].filter((value) => value > known[0]! && value <= known.at(-1)!);
}

function rounded(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.round(value / unit) * unit).toPrecision(2));
}
