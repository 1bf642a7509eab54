import { request } from "./client";
import { flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

/** Worst first, as people look for them. */
export const states = ["missing", "weak", "absent", "balanced", "strong"] as const;
export type State = (typeof states)[number];
export const state = oneOf(...states);

export const stages = ["upstream", "midstream", "downstream"] as const;
export type Stage = (typeof stages)[number];

/** Counts are of leaf nodes; what is optional is for staff. */
export const summaryFields = {
  code: text,
  name: text,
  name_en: text,
  nodes: number,
  enterprises: number,
  states: object({ missing: number, weak: number, absent: number, balanced: number, strong: number }),
  gaps: number,
  synthetic: flag,
  supply: optional(number),
  without_output: optional(number),
  chokepoints: optional(number),
  thresholds: number,
  cells: list(object({ node: text, name: text, name_en: text, stage: oneOf(...stages), state })),
};
const summary = object(summaryFields);
export type ChainSummary = Of<typeof summary>;

const nodeFields = {
  node: text,
  name: text,
  name_en: text,
  stage: oneOf(...stages),
  parent: nullable(text),
  leaf: flag,
  essential: flag,
  state,
  behind_missing: nullable(flag),
  enterprises: number,
  supply: optional(number),
  demand: optional(number),
  rate: optional(number),
  local_sourcing: optional(number),
  sourcing_coverage: optional(number),
  hhi: optional(number),
  lq: optional(number),
  single_source: optional(flag),
  criticality: optional(number),
  dependence: optional(number),
  barrier: optional(number),
  chokepoint_risk: optional(number),
  chokepoint: optional(flag),
  without_output: optional(number),
  confidence: optional(number),
  /** in a neighbourhood: steps from the node it is around, negative upstream */
  steps: optional(number),
};
const node = object(nodeFields);
export type ChainNode = Of<typeof node>;

/** `target` uses `source`. */
const edge = object({ source: text, target: text, coefficient: number, assumed: flag });
export type ChainEdge = Of<typeof edge>;

export const thresholdFields = { version: number, weak_rate: number, strong_lq: number, single_source: number, chokepoint: number, unknown_barrier: number };
const thresholds = object(thresholdFields);
export type Thresholds = Of<typeof thresholds>;

export const chainFields = {
  code: text,
  name: text,
  name_en: text,
  synthetic: flag,
  reference_year: optional(number),
  thresholds,
  /** false: too large to come whole */
  drawn: flag,
  size: number,
  nodes: list(node),
  edges: list(edge),
};
const chain = object(chainFields);
export type Chain = Of<typeof chain>;

const maker = object({
  uscc: text,
  name: text,
  listed: nullable(flag),
  products: list(text),
  share: optional(number),
  share_scaled: optional(flag),
  output: optional(number),
  output_year: optional(number),
  amount: optional(number),
  supply_share: optional(number),
  lng: optional(number),
  lat: optional(number),
});
export type Maker = Of<typeof maker>;

const neighbour = object({
  node: text,
  name: text,
  name_en: text,
  state,
  coefficient: number,
  assumed: flag,
  need: optional(number),
  supply: optional(number),
  rate: optional(number),
});
export type Neighbour = Of<typeof neighbour>;

/** The smallest change of one input that gives another verdict, in the server's words. */
const flip = nullable(object({ words: text }));

const sure = { confidence: number, assumed: record(number) };

const verdict = object({
  state: object({ why: text, flip, ...sure }),
  behind_missing: object({ value: flag, users: list(text) }),
  single_source: object({ value: flag, why: text, flip, ...sure }),
  chokepoint: object({
    value: flag,
    why: text,
    inputs: object({
      criticality: number,
      dependence: number,
      dependence_origin: oneOf("recorded", "computed", "no_local_demand"),
      barrier: number,
      barrier_origin: oneOf("recorded", "assumed"),
    }),
    flip,
    ...sure,
  }),
  thresholds,
});
export type Verdict = Of<typeof verdict>;

const source = object({
  of: oneOf("node", "edges", "makers", "output"),
  name: text,
  owner: text,
  as_of: nullable(text),
  loaded_at: text,
  synthetic: flag,
});

const opened = object({
  ...nodeFields,
  chain: text,
  synthetic: flag,
  reference_year: optional(number),
  leaves: list(text),
  makers: list(maker),
  inputs: list(neighbour),
  outputs: list(neighbour),
  recorded: optional(object({ barrier: nullable(number), import_share: nullable(number), national_output: nullable(number) })),
  enterprises_outside: optional(number),
  verdict: optional(verdict),
  sources: optional(list(source)),
});
export type OpenedNode = Of<typeof opened>;

const health = object({
  score: nullable(number),
  reference_year: nullable(number),
  synthetic: flag,
  components: list(object({ component: text, value: nullable(number), weight: number, inputs: record(nullable(number)) })),
  left_out: list(text),
  critical_enterprises: list(object({ uscc: text, name: text, indirect_loss: number, direct_loss: number })),
  outside_suppliers: list(object({ uscc: text, name: text, hq_region: text, amount: number, nodes: list(text) })),
});
export type Health = Of<typeof health>;

const encoded = encodeURIComponent;

export const fetchChains = async (signal: AbortSignal): Promise<ChainSummary[]> =>
  (await request("chains/", object({ results: list(summary) }), { signal })).results;

export const fetchChain = (code: string, signal: AbortSignal): Promise<Chain> => request(`chains/${encoded(code)}/`, chain, { signal });

export const fetchNode = (code: string, name: string, signal: AbortSignal): Promise<OpenedNode> =>
  request(`chains/${encoded(code)}/nodes/${name.split("/").map(encoded).join("/")}/`, opened, { signal });

export const fetchHealth = (code: string, signal: AbortSignal): Promise<Health> => request(`chains/${encoded(code)}/health/`, health, { signal });

const disruption = object({
  loss: number,
  direct: number,
  indirect: number,
  supply: number,
  /** how many stopped that make something here */
  enterprises: number,
  imports_lost: number,
  /** of every leaf: what is left, 0..1; null where nothing was made */
  factor: record(nullable(number)),
  /** the first round in which the leaf is reached, or null */
  round: record(nullable(number)),
  /** round by round until the last is reached; of the nodes reached so far */
  steps: list(object({ round: number, loss: number, factor: record(number) })),
  rounds: number,
  converged: flag,
  not_in_chain: list(text),
});
export type Disruption = Of<typeof disruption>;

/** What stops: firms, all firms of parks or of regions, and shares of what nodes import. */
export interface Stops {
  enterprises: readonly string[];
  zones: readonly string[];
  regions: readonly string[];
  outside: Readonly<Record<string, number>>;
}

/** What the chain would lose if these stopped. Asks only: nothing is changed. */
export const fetchDisruption = (code: string, stops: Stops, signal: AbortSignal): Promise<Disruption> =>
  request(`chains/${encoded(code)}/disruption/`, disruption, { method: "POST", body: stops, signal });
