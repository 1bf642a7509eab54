import { request } from "./client";
import { flag, list, nullable, number, object, optional, record, text, type Of } from "./shape";

const relative = object({ uscc: nullable(text), name: text });
const spinOff = object({ uscc: text, name: text, founded: nullable(text), in_city: flag });
const tie = object({ uscc: text, name: text, in_city: flag, hq_region: text, amount: nullable(number), year: nullable(number) });

/** What a firm's potential was made from; what is left out is unknown. */
const potential = object({
  score: optional(number),
  percentile: optional(number),
  known: number,
  needed: number,
  among: text,
  division: optional(text),
  peers: optional(number),
  reference_year: optional(number),
  criteria: list(
    object({ criterion: text, unit: text, value: optional(number), year: optional(number), filled: flag, weight: optional(number), low: optional(number), high: optional(number), median: optional(number) }),
  ),
});
export type Potential = Of<typeof potential>;

/** A portrait; what is optional is for staff, and absent for others. */
const portrait = object({
  uscc: text,
  name: text,
  industry: text,
  founded: nullable(text),
  scale: nullable(text),
  listed: nullable(flag),
  honours: list(text),
  rating: nullable(text),
  rating_year: nullable(number),
  hq_region: text,
  region_name: nullable(text),
  industry_name: text,
  in_city: flag,
  lng: nullable(number),
  lat: nullable(number),
  uscc_checked: flag,
  services: text,
  parent: nullable(relative),
  /** spin-offs, the oldest first */
  subsidiaries: list(spinOff),
  source: nullable(object({ name: text, owner: text, as_of: nullable(text), loaded_at: text, synthetic: flag })),
  land_mu: optional(number),
  output: optional(number),
  output_year: optional(number),
  years: optional(list(record(nullable(number)))),
  ratios: optional(record(nullable(number))),
  potential: optional(potential),
  standing: optional(object({
    division: nullable(text),
    peers: number,
    measures: list(object({ measure: text, unit: text, value: nullable(number), median: nullable(number), percentile: nullable(number), known: number })),
  })),
  risks: optional(list(object({ flag: text, words: text }))),
  ties: optional(object({
    suppliers: list(tie), customers: list(tie), suppliers_in_all: number, customers_in_all: number, local_purchases: nullable(number), local_sales: nullable(number),
  })),
});
export type Portrait = Of<typeof portrait>;

export const fetchPortrait = (uscc: string, signal: AbortSignal): Promise<Portrait> =>
  request(`enterprises/${encodeURIComponent(uscc)}/`, portrait, { signal });
