import { ifMatch, page, request, type Page, type Query } from "./client";
import type { ApiPath } from "./paths";
import { flag, list, nullable, number, object, oneOf, optional, text, type Of } from "./shape";

export const actions = ["submit", "send_back", "approve", "publish", "reserve", "release", "transfer", "withdraw"] as const;
export type Action = (typeof actions)[number];

export const stages = ["stock", "planned", "announced", "listed", "sold", "failed", "cancelled"] as const;
export type Stage = (typeof stages)[number];
export const stage = oneOf(...stages);

const status = oneOf("draft", "submitted", "approved", "published", "reserved", "transferred", "withdrawn");

/** Visitors see the public steps alone, and neither who took them nor why. */
const step = object({
  after: status,
  at: text,
  action: optional(text),
  before: optional(text),
  actor: optional(text),
  actor_name: optional(text),
  note: optional(text),
});
export type HistoryStep = Of<typeof step>;

const choice = object({ action: oneOf(...actions), target: status, asks_why: flag, gated: flag, refused: nullable(text) });
export type Choice = Of<typeof choice>;

/** What is no longer as it was when the parcel was last submitted or approved; staff alone are told. */
const changed = object({ name: text, label: text, before: text, after: text });

const publication = object({ code: text, status, history: list(step), changed: optional(list(changed)), actions: optional(list(choice)) });
export type Publication = Of<typeof publication>;

const completeness = object({
  complete: flag,
  required: list(text),
  gaps: list(object({ name: text, kind: oneOf("missing", "expired"), words: text })),
});
export type Completeness = Of<typeof completeness>;

const notice = object({
  id: number,
  code: text,
  name: text,
  status,
  region: nullable(text),
  region_name: nullable(text),
  region_name_en: nullable(text),
  round: number,
  number: text,
  url: text,
  stage,
  area_mu: number,
  announced_on: text,
  listed_on: nullable(text),
  closed_on: nullable(text),
  deal_price: nullable(number),
  supply_mode: nullable(text),
  start_price: nullable(number),
  deposit: nullable(number),
  price_step: nullable(number),
  bid_start: nullable(text),
  bid_deadline: nullable(text),
  contact_office: text,
  contact_phone: text,
  mark: text,
});
export type Notice = Of<typeof notice>;

const counters = {
  announced: number,
  announced_mu: number,
  sold: number,
  sold_mu: number,
  deal_price: number,
  failed: number,
  added: number,
  added_mu: number,
};
const month = object({ ...counters, month: text });
const district = object({ ...counters, region: text, name: text, name_en: nullable(text), this_month: object(counters) });
const statistics = object({ months: list(month), this_month: object(counters), by_region: list(district) });
export type Statistics = Of<typeof statistics>;
export type MonthCounters = Of<typeof month>;

const waiting = object({
  code: text,
  name: text,
  region_name: nullable(text),
  region_name_en: nullable(text),
  area_mu: number,
  since: nullable(text),
  actor: text,
  note: text,
  mine: flag,
  changed: list(text),
});
export type Waiting = Of<typeof waiting>;
const part = object({ count: number, results: list(waiting) });
const desk = object({ submitted: part, approved: part, sent_back: part, ending: list(notice) });
export type Desk = Of<typeof desk>;

const shown = object({
  code: text,
  name: text,
  region_name: nullable(text),
  region_name_en: nullable(text),
  status,
  supply_stage: stage,
  area_mu: number,
  indicators: object({ start_price: nullable(number) }),
});
export type ShownParcel = Of<typeof shown>;

const of = (code: string): `parcels/${string}` => `parcels/${encodeURIComponent(code)}`;

export const fetchPublication = (code: string, signal?: AbortSignal): Promise<Publication> => request(`${of(code)}/publication/`, publication, { signal });

export const fetchCompleteness = (code: string, signal?: AbortSignal): Promise<Completeness> => request(`${of(code)}/completeness/`, completeness, { signal });

/** A step; one click is one step, however often it is sent. */
export function takeStep(code: string, action: Action, note: string, key: string): Promise<Publication> {
  const path = `${of(code)}/${action.replace("_", "-")}/` as ApiPath;
  return request(path, publication, { method: "POST", body: { note }, headers: { "Idempotency-Key": key } });
}

export type Announcement = Partial<Pick<Notice, "url" | "announced_on" | "supply_mode" | "start_price" | "deposit" | "price_step" | "bid_start" | "bid_deadline">> & { number: string };

export const announce = (code: string, body: Announcement): Promise<Notice> => request(`${of(code)}/notices/`, notice, { method: "POST", body });

export const supplyModes = ["grant", "flexible", "lease_first", "lease"] as const;
export type Correction = Partial<Pick<Notice, "number" | "url" | "supply_mode" | "deposit" | "price_step" | "bid_start" | "bid_deadline" | "contact_office" | "contact_phone">>;

export const fetchNotice = (id: number, signal?: AbortSignal): Promise<Notice> => request(`notices/${id}/`, notice, { signal });

export const correctNotice = (id: number, given: Correction, mark: string): Promise<Notice> =>
  request(`notices/${id}/`, notice, { method: "PATCH", body: given, headers: ifMatch(mark) });

export const openForBids = (id: number): Promise<Notice> => request(`notices/${id}/list/`, notice, { method: "POST", body: {} });

export const closeRound = (id: number, outcome: "sold" | "failed" | "cancelled", deal_price: number | null): Promise<Notice> =>
  request(`notices/${id}/close/`, notice, { method: "POST", body: { outcome, deal_price } });

export const fetchNotices = (query: Query, signal?: AbortSignal): Promise<Page<Notice>> => page("notices/", notice, { query, signal });

export const fetchCounters = (region: string, signal?: AbortSignal): Promise<Statistics> => request("parcels/statistics/", statistics, { query: { by: "month", region }, signal });

export const fetchDesk = (signal?: AbortSignal): Promise<Desk> => request("publication/desk/", desk, { signal });

export const fetchShown = (query: Query, signal?: AbortSignal): Promise<Page<ShownParcel>> => page("parcels/", shown, { query, signal });
