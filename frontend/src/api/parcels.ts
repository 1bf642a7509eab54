import { request } from "./client";
import { withChosen } from "./values";
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

/** METHODS 5: what the investor asks. `project` is checked against each parcel's admission indicators. */
export interface MatchQuestion {
  hard: HardCriterion[];
  soft: SoftCriterion[];
  region?: string;
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

const industryOutcome = oneOf("admitted", "excluded", "not_stated");

const admission = object({
  industry: industryOutcome,
  passed: number,
  failed: number,
  not_stated: number,
  indicators: list(check),
  area: optional(object({ needed: number, available: number, outcome: oneOf("pass", "fail"), shortfall: nullable(number) })),
});
export type Admission = Of<typeof admission>;

const criterion = withChosen(object({ indicator: text, value: nullable(number), satisfaction: nullable(number), weight: number }));
export type Criterion = Of<typeof criterion>;

const result = object({
  code: text,
  name: text,
  region: nullable(text),
  lng: number,
  lat: number,
  area_mu: number,
  start_price: nullable(number),
  score: number,
  rank: number,
  score_if_known: number,
  criteria: list(criterion),
  unknown: list(text),
  stability: nullable(number),
  admission: nullable(admission),
});
export type MatchResult = Of<typeof result>;

const change = { indicator: text, op: operator, value: nullable(number), to: nullable(number) };
const relaxation = withChosen(object({ ...change, count: number, without: number, together: list(withChosen(object(change))) }));
export type Relaxation = Of<typeof relaxation>;

const match = object({
  total: number,
  candidates: number,
  excluded_by_industry: number,
  results: list(result),
  relax: list(relaxation),
});
export type Match = Of<typeof match>;

export const matchParcels = (question: MatchQuestion, signal?: AbortSignal): Promise<Match> =>
  request("parcels/match/", match, { method: "POST", body: question, signal });

const facility = object({ name: text, name_en: optional(text), approximate: optional(flag), category: optional(text), km: optional(number), amount: optional(number), voltage_kv: optional(number) });

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
  planned_listing: nullable(text),
  contact_office: text,
  contact_phone: text,
  lng: number,
  lat: number,
  synthetic: flag,
  source: nullable(text),
  as_of: nullable(text),
  indicators: record(detail),
  outline,
});
export type Parcel = Of<typeof parcel>;

export const fetchParcel = (code: string, signal?: AbortSignal): Promise<Parcel> =>
  request(`parcels/${encodeURIComponent(code)}/`, parcel, { signal });

const precheck = object({ industry: industryOutcome, passed: number, failed: number, not_stated: number, indicators: list(check) });
export type Precheck = Of<typeof precheck>;

export const precheckParcel = (code: string, plan: Record<string, number | string>, signal?: AbortSignal): Promise<Precheck> =>
  request(`parcels/${encodeURIComponent(code)}/precheck/`, precheck, { method: "POST", body: plan, signal });

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
