import { amountNames, type AmountName, type Judged, type Project, type ProjectNeeds } from "@/api/siting";
import type { Codec } from "@/ui/useUrl";

/** What the project needs, as it stands in the address and as presets fill it. Pure. */

export const amountUnits: Record<AmountName, string> = {
  investment: "10k CNY",
  land_mu: "mu",
  jobs: "persons",
  power_mva: "MVA",
  water_m3d: "m3/d",
  gas_m3h: "m3/h",
  sewage_m3d: "m3/d",
  steam_th: "t/h",
};

export type Amounts = Partial<Record<AmountName, number>>;

/** `power_mva:40,jobs:300`; what is not a number of 0 or more is left out. */
export const asAmounts: Codec<Amounts> = {
  read: (text) => {
    const amounts: Amounts = {};
    for (const part of (text ?? "").split(",")) {
      const [name, value] = part.split(":");
      const amount = Number(value);
      if (value && Number.isFinite(amount) && amount >= 0 && amountNames.includes(name as AmountName)) amounts[name as AmountName] = amount;
    }
    return amounts;
  },
  write: (amounts) => {
    const parts = amountNames.filter((name) => amounts[name] !== undefined).map((name) => `${name}:${amounts[name]}`);
    return parts.length ? parts.join(",") : undefined;
  },
};

/** `power:0.3`, only weights that differ from the defaults. */
export const asWeights: Codec<Record<string, number>> = {
  read: (text) =>
    Object.fromEntries(
      (text ?? "").split(",").map((part) => part.split(":")).filter(([name, value]) => name && value && Number(value) >= 0).map(([name, value]) => [name!, Number(value)]),
    ),
  write: (weights) => {
    const parts = Object.entries(weights).map(([name, value]) => `${name}:${value}`);
    return parts.length ? parts.join(",") : undefined;
  },
};

export function amountsOf(project: Project): Amounts {
  return Object.fromEntries(amountNames.filter((name) => project[name] !== null).map((name) => [name, project[name]!]));
}

export interface Profile {
  need: string;
  basis: string;
  typical: number;
}

const columns: Record<string, AmountName> = {
  power: "power_mva",
  water: "water_m3d",
  gas: "gas_m3h",
  sewage: "sewage_m3d",
  steam: "steam_th",
  labour: "jobs",
};

/** Typical needs of an industry for this investment (10k CNY) and land (mu); what the basis asks for and is not stated stays out. */
export function presetAmounts(profiles: readonly Profile[], stated: Amounts): Amounts {
  const amounts: Amounts = { ...stated };
  for (const { need, basis, typical } of profiles) {
    const name = columns[need];
    const scale = basis === "absolute" ? 1 : basis === "per_mu" ? stated.land_mu : stated.investment === undefined ? undefined : stated.investment / 10_000;
    if (name && scale !== undefined) amounts[name] = Number((typical * scale).toPrecision(3));
  }
  return amounts;
}

/** A loaded project's own code keeps its commitment from drawing against itself; changed figures stand over it. */
export function needsOf(code: string | undefined, amounts: Amounts, hazard: string | undefined, node: string | undefined): ProjectNeeds {
  return { ...amounts, ...(code ? { code } : {}), ...(hazard ? { hazard } : {}), ...(node ? { node } : {}) };
}

/** Worst first: what pulls the composite down most, w · (−ln max(f, 0.01)); unknown last. METHODS 6. */
export function byPull(resources: Record<string, Judged>): [string, Judged][] {
  const pull = ({ fit, weight }: Judged): number => (fit === null ? -1 : -weight * Math.log(Math.max(fit, 0.01)));
  return Object.entries(resources).sort(([, a], [, b]) => pull(b) - pull(a) || b.weight - a.weight);
}
