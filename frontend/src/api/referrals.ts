import { page, request, type Page, type Query } from "./client";
import { anything, nullable, number, object, oneOf, text, type Of } from "./shape";

const referral = object({
  id: number,
  from_region: text,
  from_name: text,
  from_name_en: text,
  to_region: text,
  to_name: text,
  to_name_en: text,
  requirement: anything,
  link: text,
  note: text,
  state: oneOf("open", "accepted", "declined", "withdrawn"),
  made_by: text,
  made_at: text,
  answer: text,
  answered_by: nullable(text),
  answered_at: nullable(text),
});
export type Referral = Of<typeof referral>;

export interface NewReferral {
  from_region: string;
  to_region: string;
  /** what parcels/match/ was asked */
  requirement: unknown;
  link: string;
  note: string;
}

export const refer = (body: NewReferral): Promise<Referral> => request("referrals/", referral, { method: "POST", body });

/** Those from and to one's own regions, the newest first. */
export const fetchReferrals = (query: Query, signal?: AbortSignal): Promise<Page<Referral>> => page("referrals/", referral, { query, signal });

export type Step = "accept" | "decline" | "withdraw";

export const answerReferral = (id: number, step: Step, note: string): Promise<Referral> =>
  request(`referrals/${id}/${step}/`, referral, { method: "POST", body: { note } });
