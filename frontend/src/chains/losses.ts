import type { ChainNode, Disruption } from "@/api/chains";

/** What a node loses when enterprises stop. Pure. */
export interface Loss {
  /** share of its supply, 0..1 */
  share: number;
  /** the round in which it was reached first */
  round: number;
}

const least = 1e-6; // below it a node counts as not reached (METHODS 4)

type Told = Pick<Disruption, "factor" | "round" | "steps">;

/** Losses as they stand after a round, those of the end by default; a parent loses what the leaves below it lose. */
export function lossesOf(nodes: readonly ChainNode[], below: ReadonlyMap<string, ReadonlySet<string>>, { factor, round, steps }: Told, upTo = Infinity): Map<string, Loss> {
  const found = new Map<string, Loss>();
  const then = upTo < steps.length ? steps[upTo - 1]?.factor : factor;
  for (const { node } of nodes) {
    const left = then?.[node];
    const at = round[node];
    if (typeof left === "number" && left < 1 - least && typeof at === "number") found.set(node, { share: 1 - left, round: at });
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
export const lastRound = ({ round }: Pick<Disruption, "round">): number => Math.max(0, ...Object.values(round).map((at) => at ?? 0));
