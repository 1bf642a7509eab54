import type { Criterion, MatchResult, Voltage } from "@/api/parcels";

/** Why a parcel stands where it stands: its three best criteria and its worst. */
export interface Reasons {
  best: Criterion[];
  worst: Criterion | null;
}

/** What is nearly as wished is no reason against a parcel. */
const ALMOST = 0.9;

const met = ({ satisfaction }: Criterion): number => satisfaction ?? -1; // unknown earns nothing, and is the worst

export function reasonsOf(criteria: readonly Criterion[]): Reasons {
  const order = criteria.filter(({ weight }) => weight > 0).sort((a, b) => met(b) - met(a) || b.weight - a.weight);
  const best = order.filter((criterion) => met(criterion) >= 0.5).slice(0, 3);
  const last = order.at(-1);
  return { best, worst: last && met(last) < ALMOST && !best.includes(last) ? last : null };
}

/** What voltage makes of the need for power: of the project's, else of what must be, else of what is wished. */
export const voltageOf = ({ admission, hard, criteria }: Pick<MatchResult, "admission" | "hard" | "criteria">): Voltage | undefined =>
  admission?.power?.voltage ?? [...hard, ...criteria].find(({ voltage }) => voltage)?.voltage;
