/** How old data is, and from when on a person should be told. Pure. */

/** Days after which a kind of data is stale: prices and firms change within a year, outlines and roads in five. */
const staleAfter: Record<string, number> = {
  regional_values: 365,
  enterprises: 400,
  enterprise_years: 500,
  parcels: 400,
  facilities: 730,
  projects: 200,
  signals: 90,
};
const USUAL = 1825;
const DAY = 24 * 3600 * 1000;

export type Freshness = { state: "fresh" | "stale"; days: number } | { state: "undated"; days: null };

/** By the day the data describes; data that names no day is undated, not fresh. */
export function freshness(kind: string, asOf: string | null, now: Date): Freshness {
  if (asOf === null) return { state: "undated", days: null };
  const days = Math.floor((now.getTime() - new Date(`${asOf}T00:00:00+08:00`).getTime()) / DAY);
  return { state: days > (staleAfter[kind] ?? USUAL) ? "stale" : "fresh", days };
}
