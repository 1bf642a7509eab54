import { request } from "./client";
import { flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

const industry = object({
  code: text,
  name: text,
  /** GB/T 4754 */
  prefixes: list(text),
  /** for `industry=` of the firms' tiles and list */
  filter: text,
  /** null: too few to be told */
  firms: nullable(number),
  suppressed: flag,
  output: optional(number),
  employees: optional(number),
});
export type Industry = Of<typeof industry>;

export const sizes = ["output", "jobs", "count"] as const;
export type Size = (typeof sizes)[number];

const total = object({ value: nullable(number), unit: text, firms: number });

const district = object({
  adcode: text,
  name: text,
  firms: number,
  size: nullable(number),
  share: nullable(number),
  quotient: nullable(number),
  specialised: flag,
});
export type District = Of<typeof district>;

const legend = object({ method: oneOf("quantile", "fixed"), breaks: list(number) });

const leader = object({
  uscc: text,
  name: text,
  region_name: nullable(text),
  lng: number,
  lat: number,
  output: nullable(number),
  output_year: nullable(number),
  honours: list(text),
});

const cluster = object({
  firms: number,
  size: nullable(number),
  share: nullable(number),
  place: nullable(text),
  leaders: list(object({ uscc: text, name: text })),
  outline: object({ type: oneOf("Polygon"), coordinates: list(list(list(number))) }),
});
export type Cluster = Of<typeof cluster>;

const sheet = object({
  industry,
  size: oneOf(...sizes),
  unit: text,
  reference_year: nullable(number),
  synthetic: flag,
  firms: number,
  totals: record(total),
  ratios: record(nullable(number)),
  share: nullable(number),
  rank: nullable(number),
  concentration: object({ firms: nullable(number), districts: nullable(number) }),
  districts: list(district),
  quotient_legend: legend,
  density: object({
    resolution: number,
    cells: list(text),
    values: list(nullable(number)),
    firms: list(number),
    suppressed: number,
    legend,
  }),
  top: list(leader),
  clusters: list(cluster),
});
export type Sheet = Of<typeof sheet>;

export const fetchIndustries = async (signal: AbortSignal): Promise<Industry[]> =>
  (await request("industries/", object({ results: list(industry) }), { signal })).results;

export const fetchSheet = (code: string, size: Size, resolution: number, signal: AbortSignal): Promise<Sheet> =>
  request(`industries/${encodeURIComponent(code)}/sheet/`, sheet, { query: { size, resolution }, signal });
