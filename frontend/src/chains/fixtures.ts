import type { ChainEdge, ChainNode } from "@/api/chains";

/** Nodes and edges for tests, with everything that does not matter filled in. */
export const node = (code: string, given: Partial<ChainNode> = {}): ChainNode => ({
  node: code,
  name: code,
  name_en: "",
  stage: "upstream",
  parent: null,
  leaf: true,
  essential: false,
  state: "balanced",
  behind_missing: false,
  enterprises: 1,
  supply: undefined,
  demand: undefined,
  rate: undefined,
  local_sourcing: undefined,
  sourcing_coverage: undefined,
  hhi: undefined,
  lq: undefined,
  single_source: undefined,
  criticality: undefined,
  dependence: undefined,
  barrier: undefined,
  chokepoint_risk: undefined,
  chokepoint: undefined,
  without_output: undefined,
  confidence: undefined,
  steps: undefined,
  ...given,
});

export const edge = (source: string, target: string, coefficient = 0.1, assumed = false): ChainEdge => ({ source, target, coefficient, assumed });
