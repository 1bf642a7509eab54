import { request } from "./client";
import { flag, list, nullable, number, object, oneOf, optional, text, type Of } from "./shape";

export const readinessStates = ["done", "under_way", "missing", "not_needed", "expired"] as const;
export type ReadinessState = (typeof readinessStates)[number];
/** What a person enters; that something expired follows from its date. */
export const enteredStates = ["done", "under_way", "missing", "not_needed"] as const;
export type EnteredState = (typeof enteredStates)[number];
export const readinessGroups = ["land", "utilities", "assessments", "papers"] as const;

const item = object({
  item: text,
  group: oneOf(...readinessGroups),
  name_zh: text,
  name_en: text,
  state: oneOf(...readinessStates),
  recorded: flag,
  done_on: nullable(text),
  expires: nullable(text),
  department_zh: text,
  department_en: text,
  inherited: flag,
  region: nullable(text),
  region_name: nullable(text),
  region_name_en: nullable(text),
  reference: optional(text),
  note: optional(text),
});
export type ReadinessItem = Of<typeof item>;

const readiness = object({
  code: text,
  recorded: flag,
  ready: nullable(flag),
  share: nullable(number),
  done: number,
  needed: number,
  assessments: number,
  words: text,
  items: list(item),
  editable: flag,
  version: optional(text),
});
export type Readiness = Of<typeof readiness>;

const holder = object({
  region: text,
  name: text,
  name_en: text,
  level: text,
  valid: number,
  expired: number,
  recorded: number,
  next_expiry: nullable(text),
});
export type Holder = Of<typeof holder>;

const held = object({ region: text, name: text, name_en: text, parcels: number, valid: number, items: list(item), editable: flag, version: text });
export type Held = Of<typeof held>;

/** A change of one item; `state` null takes the record away. */
export interface ItemChange {
  item: string;
  state: EnteredState | null;
  done_on?: string | null;
  expires?: string | null;
  department?: string;
  reference?: string;
  note?: string;
}

export const fetchReadiness = (code: string, signal: AbortSignal): Promise<Readiness> =>
  request(`parcels/${encodeURIComponent(code)}/readiness/`, readiness, { signal });

export const changeReadiness = (code: string, version: string | undefined, change: ItemChange): Promise<Readiness> =>
  request(`parcels/${encodeURIComponent(code)}/readiness/`, readiness, { method: "PATCH", body: { version, items: [change] } });

export const fetchHolders = async (signal: AbortSignal): Promise<Holder[]> =>
  (await request("assessments/", object({ results: list(holder) }), { signal })).results;

export const fetchHeld = (adcode: string, signal: AbortSignal): Promise<Held> => request(`assessments/${encodeURIComponent(adcode)}/`, held, { signal });

export const changeHeld = (adcode: string, version: string, change: ItemChange): Promise<Held> =>
  request(`assessments/${encodeURIComponent(adcode)}/`, held, { method: "PATCH", body: { version, items: [change] } });
