import type { Comparison } from "@/api/comparison";
import type { Histogram, Indicator } from "@/api/indicators";
import { better, type Wish } from "./requirement";

/** A few parcels put aside and looked at side by side. Pure. */

export const MOST = 6;
export const AXES = 8;
const FEWEST_AXES = 3;

/** In or out; a seventh is not taken. */
export function toggled(codes: readonly string[], code: string): string[] {
  if (codes.includes(code)) return codes.filter((one) => one !== code);
  return codes.length < MOST ? [...codes, code] : [...codes];
}

/** As an address may hold it: each once, six at most. */
export const tidy = (codes: readonly string[]): string[] => [...new Set(codes)].slice(0, MOST);

/** A parcel's mark on map, chart and table: A to F. */
export const letter = (at: number): string => String.fromCharCode(65 + at);

/** 0 at the worst that is on offer, 1 at the best; which way is better, the indicator says. */
export function standing(value: number, indicator: Pick<Indicator, "bound">, { min, max }: Histogram): number | null {
  if (min === null || max === null || min === max) return null;
  const share = Math.min(1, Math.max(0, (value - min) / (max - min)));
  return better(indicator) === "gte" ? share : 1 - share;
}

export interface Axis {
  indicator: string;
  /** of each parcel, 0 to 1 */
  standings: number[];
}

export interface Radar {
  axes: Axis[];
  /** indicators that were asked for and are not drawn: some parcel's value is not known */
  unknown: string[];
}

/**
 * What the wishes name, up to eight; what differs between the parcels fills up where the wishes name fewer than three.
 * An unknown has no place on an axis, so an axis that one parcel knows nothing of is left out and said.
 */
export function radarOf(
  { results, marks }: Comparison, wishes: readonly Pick<Wish, "indicator">[], catalogue: ReadonlyMap<string, Indicator>, histograms: Record<string, Histogram>,
): Radar {
  const radar: Radar = { axes: [], unknown: [] };
  const add = (code: string, asked: boolean): void => {
    const indicator = catalogue.get(code);
    const histogram = histograms[code];
    if (!indicator || !histogram || radar.axes.length >= AXES || radar.axes.some((axis) => axis.indicator === code)) return;
    const standings = results.map(({ indicators }) => {
      const value = indicators[code] ?? null;
      return value === null ? null : standing(value, indicator, histogram);
    });
    if (standings.every((one) => one !== null)) radar.axes.push({ indicator: code, standings });
    else if (asked && results.some(({ indicators }) => (indicators[code] ?? null) === null)) radar.unknown.push(code);
  };
  for (const { indicator } of wishes) add(indicator, true);
  if (radar.axes.length >= FEWEST_AXES) return radar;
  for (const code of catalogue.keys()) {
    if (radar.axes.length >= 6) break;
    if (marks[code]?.best.length) add(code, false);
  }
  return radar.axes.length >= FEWEST_AXES ? radar : { ...radar, axes: [] };
}

/** A name in short lines, so that it stays on a narrow chart: broken at blanks, or after so many Chinese letters. */
export function inLines(name: string, most: number): string {
  if (!/[a-z]/i.test(name)) return name.match(new RegExp(`.{1,${Math.max(2, Math.ceil(most / 2))}}`, "gu"))?.join("\n") ?? name;
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}
