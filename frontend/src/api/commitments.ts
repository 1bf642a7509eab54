import { page, request, type Page, type Query } from "./client";
import { download } from "./download";
import { flag, list, nullable, number, object, oneOf, record, text, type Of } from "./shape";

export const commitmentStates = ["overdue", "due_soon", "on_time", "unscheduled", "fulfilled"] as const;
export type CommitmentState = (typeof commitmentStates)[number];
export const milestoneNames = ["start", "completion", "full_production"] as const;
export type MilestoneName = (typeof milestoneNames)[number];
export const phases = ["completion", "full_production"] as const;
export type Phase = (typeof phases)[number];

const milestone = object({
  name: oneOf(...milestoneNames),
  due: nullable(text),
  met_on: nullable(text),
  state: oneOf("met", "met_late", "overdue", "due_soon", "ahead", "unscheduled"),
  days: nullable(number),
  reference: text,
});
export type Milestone = Of<typeof milestone>;

const results = object({ promised: number, measured: number, met: number, waiting: number, rectifying: number });
const row = {
  id: number,
  parcel: text,
  parcel_name: text,
  region: nullable(text),
  region_name: nullable(text),
  region_name_en: nullable(text),
  uscc: nullable(text),
  firm: nullable(text),
  state: oneOf(...commitmentStates),
  next_milestone: nullable(oneOf(...milestoneNames)),
  next_due: nullable(text),
  hand_over: nullable(text),
  ended_on: nullable(text),
  milestones: list(milestone),
  results,
  synthetic: flag,
};
const commitmentRow = object(row);
export type CommitmentRow = Of<typeof commitmentRow>;

const measured = {
  value: number,
  measured_on: text,
  outcome: oneOf("met", "short", "rectifying", "rectification_overdue", "waiting", "returned"),
  shortfall: number,
  short_by: nullable(number),
  rectify_until: nullable(text),
};
const measurement = object(measured);
export type Measured = Of<typeof measurement>;

const verification = object({
  ...measured,
  id: number,
  phase: oneOf(...phases),
  reference: text,
  note: text,
  recorded_by: text,
  recorded_at: text,
  verdict: nullable(oneOf("confirmed", "returned")),
  judged_by: nullable(text),
  judged_at: nullable(text),
  judgement: text,
  may_judge: flag,
});
export type Verification = Of<typeof verification>;

const promise = object({
  indicator: text,
  name_zh: text,
  name_en: text,
  unit: text,
  bound: text,
  committed: number,
  threshold: nullable(number),
  below_threshold: flag,
  department: text,
  completion: nullable(measurement),
  full_production: nullable(measurement),
  history: list(verification),
});
export type Promised = Of<typeof promise>;

const commitment = object({
  ...row,
  grant_number: text,
  grant_date: nullable(text),
  grant_reference: text,
  supervision_number: text,
  supervision_date: nullable(text),
  supervision_reference: text,
  start_months: nullable(number),
  construction_months: nullable(number),
  ramp_up_months: nullable(number),
  note: text,
  revision: number,
  promises: list(promise),
  editable: flag,
});
export type Commitment = Of<typeof commitment>;

const summary = object({ commitments: number, states: record(number), results, rate: nullable(number), without_firm: number });
export type Summary = Of<typeof summary>;

export const fetchCommitments = (query: Query, signal?: AbortSignal): Promise<Page<CommitmentRow>> => page("commitments/", commitmentRow, { query, signal });

export const fetchSummary = (query: Query, signal: AbortSignal): Promise<Summary> => request("commitments/summary/", summary, { query, signal });

export const fetchCommitment = (id: number, signal: AbortSignal): Promise<Commitment> => request(`commitments/${id}/`, commitment, { signal });

export const recordCommitment = (form: object): Promise<Commitment> => request("commitments/", commitment, { method: "POST", body: form });

export const changeCommitment = (id: number, form: object): Promise<Commitment> => request(`commitments/${id}/`, commitment, { method: "PATCH", body: form });

export const keepDate = (id: number, form: { name: MilestoneName; met_on: string | null; reference: string; revision: number }): Promise<Commitment> =>
  request(`commitments/${id}/milestones/`, commitment, { method: "POST", body: form });

export interface Measurement {
  indicator: string;
  phase: Phase;
  value: number;
  measured_on: string;
  reference: string;
}

export const recordMeasurement = (id: number, form: Measurement): Promise<Commitment> =>
  request(`commitments/${id}/verifications/`, commitment, { method: "POST", body: form });

export const judgeMeasurement = (id: number, verification: number, form: { verdict: "confirmed" | "returned"; judgement: string; rectify_until: string | null }): Promise<Commitment> =>
  request(`commitments/${id}/verifications/${verification}/`, commitment, { method: "POST", body: form });

/** The list as a file, under the name the server gives it. */
export const downloadCommitments = (format: "xlsx" | "csv", query: Query): Promise<void> => download("commitments/export/", `commitments.${format}`, { query: { ...query, format } });
