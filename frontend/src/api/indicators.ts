import { request } from "./client";
import { flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

const option = object({ code: text, zh: text, en: text });

const indicator = object({
  code: text,
  group: oneOf("admission", "terms", "energy", "policy", "services"),
  group_zh: text,
  group_en: text,
  name_zh: text,
  name_en: text,
  unit: text,
  bound: oneOf("at_least", "at_most", "higher_better", "lower_better", "neutral"),
  origin: oneOf("declared", "regional", "computed"),
  type: oneOf("decimal", "integer", "choice", "choices", "yes_no"),
  min: nullable(number),
  max: nullable(number),
  choices: list(number),
  options: list(option),
  own: flag,
  public: flag,
  legal_basis_zh: text,
  legal_basis_en: text,
  department_zh: text,
  department_en: text,
  note_zh: text,
  note_en: text,
});
export type Indicator = Of<typeof indicator>;

const catalogue = object({ results: list(indicator), computed_at: nullable(text), stale: optional(text) });

/** The catalogue, in its own order; when computed indicators were worked out, and for staff what is just now. */
export const fetchCatalogue = (signal?: AbortSignal, { background }: { background?: boolean } = {}): Promise<Of<typeof catalogue>> =>
  request("indicators/", catalogue, { signal, background });

export const fetchIndicators = async (signal?: AbortSignal): Promise<Indicator[]> => (await fetchCatalogue(signal)).results;

const histogram = object({
  edges: list(number),
  counts: list(number),
  unknown: number,
  min: nullable(number),
  max: nullable(number),
  /** of power, in the same bins: what a need above so many MVA may count on, and for how many that is unknown */
  large: optional(object({ above: number, counts: list(number), unknown: number })),
});
export type Histogram = Of<typeof histogram>;

export interface Where {
  region?: string;
  /** GeoJSON */
  within?: string;
  /** longitude,latitude: adds `place_km` */
  place?: string;
}

/** What is on offer of every indicator, and of `area_mu`. */
export const fetchHistograms = (where: Where, signal?: AbortSignal): Promise<Record<string, Histogram>> =>
  request("parcels/histograms/", record(histogram), { query: { ...where }, signal });
