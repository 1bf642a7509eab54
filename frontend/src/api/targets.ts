import { ifMatch, request } from "./client";
import { download } from "./download";
import { flag, list, nullable, number, object, text, type Of } from "./shape";

/** 招商名录: who is worth inviting, and who follows whom. Staff only. */

const firmName = object({ uscc: text, name: text });
const tie = object({ uscc: text, name: text, direction: text, year: nullable(number), amount: nullable(number) });
const heard = object({ kind: text, date: text, text, source: text });
export type Heard = Of<typeof heard>;

const row = object({
  rank: number,
  uscc: text,
  name: text,
  industry: text,
  scale: nullable(text),
  listed: nullable(flag),
  output: nullable(number),
  output_year: nullable(number),
  chain: text,
  chain_name: text,
  chain_name_en: text,
  node: text,
  node_name: text,
  node_name_en: text,
  products: list(text),
  score: number,
  capability_unknown: flag,
  need: object({ value: number, exponent: number, state: text, chokepoint_risk: nullable(number), rate: nullable(number), behind_missing: flag }),
  capability: object({ value: nullable(number), exponent: number, percentile: nullable(number), peers: nullable(number), division: nullable(text) }),
  affinity: object({ value: number, exponent: number, basis: text, local: number, known: number }),
  evidence: object({
    honours: list(text),
    hq_region: text,
    parent: nullable(object({ uscc: nullable(text), name: text, in_city: flag })),
    local_branches: list(firmName),
    ties: list(tie),
    signals: list(heard),
  }),
});
export type TargetRow = Of<typeof row>;

const ranking = object({ total: number, results: list(row) });
export type Ranking = Of<typeof ranking>;

export const fetchNodeTargets = (chain: string, node: string, limit: number, signal?: AbortSignal): Promise<Ranking> =>
  request(`chains/${encodeURIComponent(chain)}/targets/`, ranking, { query: { node, limit }, signal });

export const fetchDirectory = (limit: number, signal?: AbortSignal): Promise<Ranking> => request("targets/directory/", ranking, { query: { limit }, signal });

const region = object({ adcode: text, name: text, name_en: text });
const person = object({ username: text, name: text });

const followed = object({ uscc: text, region, since: text, overdue: flag, asked: flag, id: number, opens: flag });
export type Followed = Of<typeof followed>;

/** Who follows each of these firms, by identifier: null, nobody; not in it, not known. */
export async function fetchFollowed(uscc: readonly string[], signal?: AbortSignal): Promise<Map<string, Followed | null>> {
  if (!uscc.length) return new Map();
  const answer = await request("targets/followed/", object({ results: list(followed) }), { query: { uscc }, signal });
  return new Map<string, Followed | null>([...uscc.map((one) => [one, null] as const), ...answer.results.map((one) => [one.uscc, one] as const)]);
}

const nodeName = object({ code: text, chain: text, chain_name: text, chain_name_en: text, node: text, name: text, name_en: text });
export type NodeName = Of<typeof nodeName>;

export const states = ["new", "contacted", "visiting", "signed", "dropped"] as const;
export type TargetState = (typeof states)[number];

const columns = {
  id: number,
  uscc: text,
  name: text,
  hq_region: text,
  node: nullable(nodeName),
  state: text,
  region,
  owner: person,
  since: text,
  last_word_at: text,
  overdue_from: nullable(text),
  next_action_on: nullable(text),
  mark: text,
};
const target = object(columns);
export type Target = Of<typeof target>;

const event = object({ id: number, at: text, by: person, kind: text, text, before: text, after: text });
export type TargetEvent = Of<typeof event>;
const handover = object({ id: number, region, asked_by: person, asked_at: text, text, state: text, answered_at: nullable(text), answer: text });
export type Handover = Of<typeof handover>;

const opened = object({ ...columns, events: list(event), handovers: list(handover), colleagues: list(person), moves: list(text), ranking: nullable(row) });
export type OpenedTarget = Of<typeof opened>;

export interface TargetFilter {
  state?: string;
  chain?: string;
  region?: string;
  owner?: string;
  overdue?: string;
  q?: string;
}

const listOf = object({ results: list(target), next: nullable(text) });

/** All rows of the reader's regions that pass the filter; `next` only says that there are more than five hundred. */
export async function fetchTargets(filter: TargetFilter, signal?: AbortSignal): Promise<{ results: Target[]; more: boolean }> {
  const answer = await request("targets/", listOf, { query: { limit: 500, sort: "next_action_on", ...filter }, signal });
  return { results: answer.results, more: answer.next !== null };
}

export const fetchTarget = (id: number, signal?: AbortSignal): Promise<OpenedTarget> => request(`targets/${id}/`, opened, { signal });

export const takeUp = (uscc: string, node: string, words = ""): Promise<OpenedTarget> =>
  request("targets/", opened, { method: "POST", body: { uscc, node, text: words } });

export const addNote = (id: number, words: string): Promise<OpenedTarget> => request(`targets/${id}/notes/`, opened, { method: "POST", body: { text: words } });

export interface TargetChange {
  state?: string;
  owner?: string;
  next_action_on?: string | null;
  text?: string;
}

export const changeTarget = ({ id, mark }: Target, change: TargetChange): Promise<OpenedTarget> =>
  request(`targets/${id}/`, opened, { method: "PATCH", body: change, headers: ifMatch(mark) });

export const takeOver = (id: number): Promise<OpenedTarget> => request(`targets/${id}/takeover/`, opened, { method: "POST", body: {} });

export const askFor = (id: number, words: string): Promise<Handover> => request(`targets/${id}/handovers/`, handover, { method: "POST", body: { text: words } });

export const answerHandover = (id: number, asked: number, agree: boolean): Promise<Handover> =>
  request(`targets/${id}/handovers/${asked}/`, handover, { method: "POST", body: { agree } });

export const downloadTargets = (filter: TargetFilter): Promise<void> => download("targets/export/", "targets.xlsx", { query: { ...filter } });

export const downloadInvitation = (id: number, language: "zh" | "en"): Promise<void> =>
  download(`targets/${id}/invitation.pdf`, "invitation.pdf", { query: { lang: language } });

const entry = object({ node: text, kind: text, name_zh: text, name_en: text, chain_zh: text, chain_en: text, need_zh: text, need_en: text });
export type CallEntry = Of<typeof entry>;
const call = object({
  id: number,
  title_zh: text,
  title_en: text,
  region,
  contact_office: text,
  contact_office_en: text,
  contact_phone: text,
  closes_on: nullable(text),
  state: text,
  published_at: nullable(text),
  entries: list(entry),
  yours: flag,
});
export type Call = Of<typeof call>;

export const fetchCalls = async (signal?: AbortSignal): Promise<Call[]> => (await request("calls/", object({ results: list(call) }), { query: { limit: 100 }, signal })).results;

export interface CallForm {
  title_zh: string;
  title_en: string;
  contact_office: string;
  contact_office_en: string;
  contact_phone: string;
  closes_on: string | null;
  nodes: string[];
}
export const drawUpCall = (form: CallForm): Promise<Call> => request("calls/", call, { method: "POST", body: form });
export const publishCall = (id: number): Promise<Call> => request(`calls/${id}/publish/`, call, { method: "POST" });
export const closeCall = (id: number): Promise<Call> => request(`calls/${id}/close/`, call, { method: "POST" });

const proposal = object({ node: nodeName, kind: text, state: text, need_zh: text, need_en: text });
export type Proposal = Of<typeof proposal>;
export const fetchProposals = async (signal?: AbortSignal): Promise<Proposal[]> =>
  (await request("calls/proposals/", object({ results: list(proposal) }), { signal })).results;
