import { request } from "./client";
import { anyValue, withChosen } from "./values";
import { anything, flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

export type Operator = "gte" | "lte" | "eq" | "in";

export interface HardCriterion {
  indicator: string;
  op: Operator;
  value: number | boolean | string[];
}

export interface SoftCriterion {
  indicator: string;
  ideal: number | boolean | string[];
  accept?: number;
  weight: number;
}

export interface Polygon {
  type: "Polygon";
  coordinates: [number, number][][];
}

/** METHODS 5: what the investor asks. `project` is checked against each parcel's admission indicators. */
export interface MatchQuestion {
  hard: HardCriterion[];
  soft: SoftCriterion[];
  region?: string;
  /** a drawn area */
  within?: Polygon;
  /** where `place_km` is measured from: longitude, latitude */
  place?: [number, number];
  /** only parcels that the project fails in nothing stated */
  admitting?: boolean;
  /** also parcels that touch and are large enough together */
  groups?: boolean;
  area_mu?: [number | null, number | null];
  allow_unknown: boolean;
  industry?: string;
  project?: Record<string, number | string>;
  limit: number;
  stability: boolean;
}

const operator = oneOf("gte", "lte", "eq", "in");

const check = object({
  indicator: text,
  outcome: oneOf("pass", "fail", "not_stated"),
  required: nullable(number),
  planned: nullable(number),
  shortfall: nullable(number),
  missing: nullable(text),
  unit: text,
});
export type Check = Of<typeof check>;

/** A need above 20 MVA wants a substation of 110 kV or more: whether one is there, and how many MVA are sure, and possible. */
const voltage = object({ outcome: oneOf("met", "short", "unknown"), surely: number, at_most: number, reason_zh: text, reason_en: text });
export type Voltage = Of<typeof voltage>;

const power = object({ needed: number, available: nullable(number), outcome: oneOf("pass", "fail", "not_stated"), shortfall: nullable(number), voltage: nullable(voltage) });
export type PowerVerdict = Of<typeof power>;

const industryOutcome = oneOf("admitted", "excluded", "not_stated");

const admission = object({
  industry: industryOutcome,
  passed: number,
  failed: number,
  not_stated: number,
  indicators: list(check),
  area: optional(object({ needed: number, available: number, outcome: oneOf("pass", "fail"), shortfall: nullable(number) })),
  power: optional(power),
});
export type Admission = Of<typeof admission>;

const criterion = withChosen(object({ indicator: text, value: nullable(number), satisfaction: nullable(number), weight: number, voltage: optional(voltage) }));
export type Criterion = Of<typeof criterion>;

/** What every answer says of a parcel first. */
const placed = {
  code: text,
  name: text,
  region: nullable(text),
  lng: number,
  lat: number,
  area_mu: number,
  divisible: nullable(flag),
  start_price: nullable(number),
};

const result = object({
  ...placed,
  /** what one would take of a divisible parcel that is larger than wanted */
  part_mu: nullable(number),
  place_km: nullable(number),
  score: number,
  rank: number,
  score_if_known: number,
  criteria: list(criterion),
  hard: list(object({ indicator: text, voltage: optional(voltage) })),
  unknown: list(text),
  stability: nullable(number),
  admission: nullable(admission),
});
export type MatchResult = Of<typeof result>;

/** Parcels that touch and are large enough together. */
const group = object({
  parcels: list(object(placed)),
  region: nullable(text),
  area_mu: number,
  start_price: nullable(number),
  score: number,
  score_if_known: number,
  criteria: list(criterion),
  admission: nullable(admission),
});
export type ParcelGroup = Of<typeof group>;

/** How far a criterion tells the best parcels apart, and how many of the top ten would change without it. */
const matter = object({ indicator: text, share: number, changes: number });
export type Matter = Of<typeof matter>;

const sister = object({ region: text, name: text, name_en: text, total: number, score: number, best: object(placed) });
export type Sister = Of<typeof sister>;

const change = { indicator: text, op: operator, value: nullable(number), to: nullable(number), reason_zh: optional(text), reason_en: optional(text) };
const relaxation = withChosen(object({ ...change, count: number, without: number, together: list(withChosen(object(change))) }));
export type Relaxation = Of<typeof relaxation>;

const match = object({
  total: number,
  candidates: number,
  excluded_by_industry: number,
  not_admitting: number,
  results: list(result),
  matters: list(matter),
  groups: list(group),
  relax: list(relaxation),
  elsewhere: list(sister),
});
export type Match = Of<typeof match>;

export const matchParcels = (question: MatchQuestion, signal?: AbortSignal): Promise<Match> =>
  request("parcels/match/", match, { method: "POST", body: question, signal });

const facility = object({ name: text, name_en: optional(text), lng: optional(number), lat: optional(number), approximate: optional(flag), category: optional(text), km: optional(number), road_km: optional(number), amount: optional(number), voltage_kv: optional(number) });

/** One indicator of one parcel, with who says so; the optional parts depend on where the figure comes from. */
const detail = withChosen(object({
  value: nullable(number),
  expired: optional(flag),
  valid_to: optional(text),
  reference: optional(text),
  legal_basis_zh: optional(text),
  legal_basis_en: optional(text),
  unit: text,
  origin: oneOf("declared", "regional", "computed"),
  source: nullable(text),
  as_of: nullable(text),
  department_zh: optional(text),
  department_en: optional(text),
  synthetic: optional(flag),
  region_name: optional(text),
  region_name_en: optional(text),
  distance: optional(text),
  reach_km: optional(number),
  sources: optional(number),
  total: optional(number),
  second: optional(object({ amount: nullable(number), voltage_kv: nullable(number) })),
  largest: optional(object({ amount: nullable(number), voltage_kv: nullable(number) })),
  voltage: optional(voltage),
  facility: optional(facility),
  facilities: optional(list(facility)),
}));
export type IndicatorDetail = Of<typeof detail>;

const outline = object({ type: oneOf("Polygon", "MultiPolygon"), coordinates: anything });

const parcel = object({
  code: text,
  name: text,
  region: nullable(text),
  region_name: nullable(text),
  region_name_en: nullable(text),
  status: oneOf("draft", "submitted", "approved", "published", "reserved", "transferred", "withdrawn"),
  area_mu: number,
  land_use: text,
  land_use_zh: text,
  land_use_en: text,
  admits: list(text),
  excludes: list(text),
  hazard_max: nullable(text),
  divisible: nullable(flag),
  supply_mode: nullable(text),
  bid_start: nullable(text),
  bid_deadline: nullable(text),
  deposit: optional(number),
  price_step: optional(number),
  planned_listing: nullable(text),
  contact_office: text,
  contact_phone: text,
  lng: number,
  lat: number,
  synthetic: flag,
  source: nullable(text),
  as_of: nullable(text),
  indicators: record(detail),
  industries: record(text),
  outline,
});
export type Parcel = Of<typeof parcel>;

/** Industries in words, whatever list of the parcel they stand in. */
export const industriesOf = (parcel: Parcel, codes: string[], between: string): string =>
  codes.map((code) => parcel.industries[code] ?? code).join(between);

export const fetchParcel = (code: string, signal?: AbortSignal): Promise<Parcel> =>
  request(`parcels/${encodeURIComponent(code)}/`, parcel, { signal });

const precheck = object({ industry: industryOutcome, passed: number, failed: number, not_stated: number, indicators: list(check), power: optional(power) });
export type Precheck = Of<typeof precheck>;

export const precheckParcel = (code: string, plan: Record<string, number | string>, signal?: AbortSignal): Promise<Precheck> =>
  request(`parcels/${encodeURIComponent(code)}/precheck/`, precheck, { method: "POST", body: plan, signal });

const difference = object({ indicator: text, here: anyValue, there: anyValue });
const similar = object({ ...placed, likeness: number, compared: number, differences: list(difference) });
export type SimilarParcel = Of<typeof similar>;

/** The parcels on offer that are most like this one. */
export const fetchSimilar = async (code: string, signal?: AbortSignal): Promise<SimilarParcel[]> =>
  (await request(`parcels/${encodeURIComponent(code)}/similar/`, object({ results: list(similar) }), { signal })).results;

const profile = object({
  scope: text,
  need: text,
  basis: oneOf("absolute", "per_mu", "per_100m_cny"),
  low: nullable(number),
  typical: number,
  high: nullable(number),
  source: text,
});
export type RequirementProfile = Of<typeof profile>;

/** What an industry usually needs; the longest matching prefix of its code first. */
export const fetchProfiles = async (scope: string, signal?: AbortSignal): Promise<RequirementProfile[]> =>
  (await request("requirement-profiles/", object({ results: list(profile) }), { query: { scope }, signal })).results;

/** `prefixes` are GB/T 4754 codes. */
const industry = object({ code: text, name: text, prefixes: list(text) });
export type Industry = Of<typeof industry>;

export const fetchIndustries = async (signal?: AbortSignal): Promise<Industry[]> =>
  (await request("industries/", object({ results: list(industry) }), { signal })).results;
