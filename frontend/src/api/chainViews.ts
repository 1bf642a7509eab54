import { chainFields, state as stateOf, summaryFields, thresholdFields } from "./chains";
import { request } from "./client";
import { downloadAs } from "./download";
import { flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

/** What is asked about a chain beside its panorama: parts of it, its past, its places, itself as a file. */

const encoded = encodeURIComponent;

const around = object({ node: text, up: number, down: number, within: number, shown: number });
export type Around = Of<typeof around>;
const neighbourhood = object({ ...chainFields, around });

export const fetchNeighbourhood = (code: string, node: string, up: number, down: number, signal: AbortSignal) =>
  request(`chains/${encoded(code)}/neighbourhood/`, neighbourhood, { query: { node, up, down }, signal });

const found = object({ found: number, results: list(object({ node: text, name: text, name_en: text, state: stateOf, enterprises: number, edges: number })) });
export const searchNodes = (code: string, q: string, signal: AbortSignal) => request(`chains/${encoded(code)}/nodes/`, found, { query: { q, limit: 30 }, signal });

const presence = object({ enterprises: number, nodes: list(object({ node: text, enterprises: number, supply: number })) });
export type Presence = Of<typeof presence>;
export const fetchPresence = (code: string, query: { region?: string; scale?: string }, signal: AbortSignal) => request(`chains/${encoded(code)}/presence/`, presence, { query, signal });

const parts = record(nullable(number));
const history = object({
  days: list(object({ day: text, score: nullable(number), components: parts, thresholds: number, reference_year: nullable(number) })),
  years: list(object({ year: number, score: nullable(number), components: parts, supply: number })),
});
export type HealthHistory = Of<typeof history>;
export const fetchHistory = (code: string, signal: AbortSignal) => request(`chains/${encoded(code)}/health/history/`, history, { signal });

const compared = object({ results: list(object({ ...summaryFields, score: nullable(number), components: list(object({ component: text, value: nullable(number) })) })) });
export type ComparedChain = Of<typeof compared>["results"][number];
export const fetchComparison = async (codes: readonly string[], signal: AbortSignal): Promise<ComparedChain[]> =>
  (await request("chains/compare/", compared, { query: { codes }, signal })).results;

const flows = object({
  basis: oneOf("recorded", "estimated"),
  districts: list(object({ adcode: text, name: text, name_en: text, lng: number, lat: number, supply: number })),
  flows: list(object({ source: text, target: text, amount: number, ties: number })),
  synthetic: flag,
});
export type Flows = Of<typeof flows>;
export const fetchFlows = (code: string, basis: string | undefined, signal: AbortSignal) => request(`chains/${encoded(code)}/flows/`, flows, { query: { basis }, signal });

const parks = object({
  results: list(object({ code: text, name: text, kind: text, enterprises: number, supply: number, share: nullable(number), nodes: list(text), lng: number, lat: number })),
});
export type Park = Of<typeof parks>["results"][number];
export const fetchParks = async (code: string, signal: AbortSignal): Promise<Park[]> => (await request(`chains/${encoded(code)}/parks/`, parks, { signal })).results;

const book = object({
  in_force: object(thresholdFields),
  defaults: object(thresholdFields),
  may_set: flag,
  versions: list(object({ ...thresholdFields, note: text, made_by: text, made_at: text })),
});
export const fetchThresholds = (signal: AbortSignal) => request("chains/thresholds/", book, { signal });
export const setThresholds = (body: Record<string, number | string>) => request("chains/thresholds/", object(thresholdFields), { method: "POST", body });

const suggested = object({
  results: list(object({
    supplier: object({ uscc: text, name: text }), amount: nullable(number), chain: text, node: text, name: text, name_en: text,
    local: list(object({ uscc: text, name: text, amount: number })),
  })),
});
export const fetchLocalSuppliers = async (uscc: string, signal: AbortSignal) => (await request(`enterprises/${encoded(uscc)}/local-suppliers/`, suggested, { signal })).results;

/** The chain as an XLSX; with `node` only what lies around it. */
export const downloadWorkbook = (name: string, code: string, query: { node?: string; up?: number; down?: number }): Promise<void> =>
  downloadAs(name, `chains/${encoded(code)}/workbook/`, { query });

const places = object({
  results: list(object({
    chain: text, chain_name: text, chain_name_en: text, node: text, name: text, name_en: text, state: stateOf, products: list(text),
    share: optional(number), amount: optional(number), supply_share: optional(number),
  })),
});
export type FirmInChain = Of<typeof places>["results"][number];
export const fetchChainsOf = async (uscc: string, signal: AbortSignal): Promise<FirmInChain[]> =>
  (await request(`enterprises/${encoded(uscc)}/chains/`, places, { signal })).results;
