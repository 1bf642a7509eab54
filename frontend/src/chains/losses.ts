import type { ChainNode, Disruption } from "@/api/chains";

/** What a node loses when enterprises stop. Pure. */
export interface Loss {
  /** share of its supply, 0..1 */
  share: number;
  /** the round in which it was reached first */
  round: number;
}

const least = 1e-6; // below it a node counts as not reached (METHODS 4)

/** Losses of the nodes that are reached up to a round; a parent loses what the leaves below it lose. */
export function lossesOf(nodes: readonly ChainNode[], below: ReadonlyMap<string, ReadonlySet<string>>, { factor, round }: Disruption, upTo = Infinity): Map<string, Loss> {
  const found = new Map<string, Loss>();
  const reached = (code: string): boolean => round[code] !== null && round[code] !== undefined && round[code] <= upTo;
  for (const { node } of nodes) {
    const left = factor[node];
    if (left !== null && left !== undefined && reached(node) && left < 1 - least) found.set(node, { share: 1 - left, round: round[node]! });
  }
  const supply = new Map(nodes.map((one) => [one.node, one.leaf ? (one.supply ?? 0) : 0]));
  for (const [parent, inside] of below) {
    const hit = [...inside].flatMap((code) => (supply.get(code) && found.has(code) ? [{ made: supply.get(code)!, ...found.get(code)! }] : []));
    const all = [...inside].reduce((sum, code) => sum + (supply.get(code) ?? 0), 0);
    if (hit.length && all > 0) {
      found.set(parent, { share: hit.reduce((sum, one) => sum + one.made * one.share, 0) / all, round: Math.min(...hit.map(({ round: at }) => at)) });
    }
  }
  return found;
}

/** The round in which the last node is reached; 0 when none is. */
export const lastRound = ({ round }: Disruption): number => Math.max(0, ...Object.values(round).map((at) => at ?? 0));
