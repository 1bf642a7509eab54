import type { Histogram, Indicator } from "@/api/indicators";
import type { HardCriterion, MatchQuestion, Operator, Polygon, RequirementProfile, SoftCriterion } from "@/api/parcels";

/** What an investor asks of the land, and how it becomes a question of METHODS 5. Pure. */

/** The figures of a project, stated once. Money in 10k CNY, a year's unless it is the investment. */
export const mainFigures = ["investment", "mu", "output", "tax", "jobs", "energy_tce", "power_mva"] as const;
export const otherFigures = [
  "value_added", "revenue", "rd", "water_m3", "cod_kg", "nox_kg",
  "floor_area_m2", "footprint_m2", "green_m2", "office_land_mu", "height_m", "construction_months", "ramp_up_months",
] as const;
export type FigureName = (typeof mainFigures)[number] | (typeof otherFigures)[number];
export const figureUnits: Record<FigureName, string> = {
  investment: "10k CNY", mu: "mu", output: "10k CNY/yr", tax: "10k CNY/yr", jobs: "persons", energy_tce: "tce/yr", power_mva: "MVA",
  value_added: "10k CNY/yr", revenue: "10k CNY/yr", rd: "10k CNY/yr", water_m3: "m3/yr", cod_kg: "kg", nox_kg: "kg",
  floor_area_m2: "m2", footprint_m2: "m2", green_m2: "m2", office_land_mu: "mu", height_m: "m",
  construction_months: "month", ramp_up_months: "month",
};

/** `own`: figures that a city's own admission indicators ask for, by their codes. */
export type Project = { industry?: string; own?: Record<string, number> } & Partial<Record<FigureName, number>>;

/** The city's own indicators that a project must reach or stay within: stated as they are. */
export const ownFigures = (catalogue: ReadonlyMap<string, Indicator>): Indicator[] =>
  [...catalogue.values()].filter(({ own, group, type, bound }) => own && group === "admission" && type === "decimal" && (bound === "at_least" || bound === "at_most"));

/** What the project states of those that there are. */
export const statedOwn = ({ own = {} }: Project, catalogue: ReadonlyMap<string, Indicator>): Record<string, number> =>
  Object.fromEntries(ownFigures(catalogue).flatMap(({ code }) => (own[code] === undefined ? [] : [[code, own[code]]])));

/** `carbon_per_value_added:0.3,value_added_per_mu:90` */
export const readOwn = (text: string | undefined): Record<string, number> =>
  Object.fromEntries(
    (text ?? "").split(",").flatMap((part) => {
      const [, code, value] = /^([a-z][a-z0-9_]*):(\d+(?:\.\d+)?)$/.exec(part) ?? [];
      return code ? [[code, Number(value)]] : [];
    }),
  );
export const writeOwn = (own: Record<string, number>): string | undefined =>
  Object.entries(own).map(([code, value]) => `${code}:${value}`).join(",") || undefined;

/** Whether a wish binds: nothing is asked, it is wished for, or it must be. */
export const modes = ["any", "wish", "must"] as const;
export type Mode = (typeof modes)[number];

/** One thing asked of the land. Without a value: the better, the higher in the list. */
export interface Wish {
  indicator: string;
  value?: number;
  /** Of an indicator of choices: any of these (for yes or no: "yes" or "no"). */
  choices?: string[];
  /** must: a parcel beyond the value is out; wish: it only loses points */
  must: boolean;
  weight: number;
}

/** `power_capacity!20`, `highway_km~10*2`, `start_price`, `soil_survey!:passed|unneeded`. */
export function readWishes(text: string): Wish[] {
  return text.split(",").flatMap((part): Wish[] => {
    const chosen = /^([a-z_0-9]+?)([!~]):([a-z0-9_.|]+)(?:\*(\d))?$/.exec(part);
    if (chosen) return [{ indicator: chosen[1]!, choices: chosen[3]!.split("|"), must: chosen[2] === "!", weight: chosen[4] ? Number(chosen[4]) : 1 }];
    const found = /^([a-z_0-9]+?)(?:([!~])(-?[\d.]+))?(?:\*(\d))?$/.exec(part);
    if (!found) return [];
    const value = found[3] === undefined ? undefined : Number(found[3]);
    if (value !== undefined && !Number.isFinite(value)) return [];
    return [{ indicator: found[1]!, value, must: found[2] === "!", weight: found[4] ? Number(found[4]) : 1 }];
  });
}

export const writeWishes = (wishes: Wish[]): string =>
  wishes
    .map(({ indicator, value, choices, must, weight }) => {
      const asked = choices?.length ? `:${choices.join("|")}` : value;
      return `${indicator}${asked === undefined ? "" : (must ? "!" : "~") + asked}${weight === 1 ? "" : `*${weight}`}`;
    })
    .join(",");

/**
 * Which way is better for who comes: a floor that the place asks for is the better the lower, a ceiling the better the
 * higher. So no control ever asks for high thresholds.
 */
export const better = ({ bound }: Pick<Indicator, "bound">): "gte" | "lte" =>
  bound === "at_most" || bound === "higher_better" ? "gte" : "lte";

/** No land has such a value: most likely another unit was meant. */
export const isBeyond = ({ min, max }: Pick<Indicator, "min" | "max">, value: number): boolean => value < (min ?? -Infinity) || value > (max ?? Infinity);

/** Its values are choices, or yes and no. */
export const isChosen = ({ type }: Pick<Indicator, "type">): boolean => type === "choice" || type === "choices" || type === "yes_no";

/** The value below which a share of the known values lies, by the bins. */
export function quantile({ edges, counts }: Histogram, share: number): number | null {
  const known = counts.reduce((sum, count) => sum + count, 0);
  if (known === 0) return null;
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count > 0 && below + count >= share * known) {
      const inside = Math.max(0, (share * known - below) / count);
      return edges[bin]! + inside * (edges[bin + 1]! - edges[bin]!);
    }
    below += count;
  }
  return edges.at(-1)!;
}

/** Share of the known values that meet a limit, by the bins. */
export function shareMeeting({ edges, counts }: Histogram, op: Operator, value: number): number | null {
  const known = counts.reduce((sum, count) => sum + count, 0);
  if (known === 0) return null;
  let below = 0;
  counts.forEach((count, bin) => {
    const [from, to] = [edges[bin]!, edges[bin + 1]!];
    below += count * Math.min(1, Math.max(0, (value - from) / (to - from)));
  });
  return op === "gte" ? 1 - below / known : below / known;
}

/** How many parcels meet a limit, of how many that are known; of power above what any voltage carries, those at high voltage. */
export function meeting(histogram: Histogram, op: Operator, value: number | undefined): { met: number | null; known: number; unknown: number } {
  const { counts, unknown, large } = histogram;
  const known = counts.reduce((sum, count) => sum + count, 0);
  if (value === undefined) return { met: known, known, unknown };
  if (large && op === "gte" && value > large.above) {
    const share = shareMeeting({ ...histogram, counts: large.counts }, op, value);
    const there = large.counts.reduce((sum, count) => sum + count, 0);
    return { met: Math.round((share ?? 0) * there), known: known - large.unknown, unknown: unknown + large.unknown };
  }
  const share = shareMeeting(histogram, op, value);
  return { met: share === null ? null : Math.round(share * known), known, unknown };
}

/** What is asked of an indicator of choices: any of those chosen; as `must` it filters, otherwise it weighs. */
function asksFor({ indicator, choices = [], must, weight }: Wish, type: Indicator["type"], hard: HardCriterion[], soft: SoftCriterion[]): void {
  if (!choices.length) return;
  const asked = type === "yes_no" ? choices[0] === "yes" : choices;
  if (must) hard.push({ indicator, op: type === "yes_no" ? "eq" : "in", value: asked });
  else soft.push({ indicator, ideal: asked, weight });
}

function softOf(wish: Wish, op: "gte" | "lte", indicator: Indicator, histogram: Histogram | undefined): SoftCriterion | null {
  if (!histogram || histogram.min === null || histogram.max === null) return null;
  // A twentieth at either end is left to outliers.
  const [low, high] = [quantile(histogram, 0.05)!, quantile(histogram, 0.95)!];
  const [best, worst] = op === "gte" ? [high, low] : [low, high];
  let ideal = best;
  let accept = worst;
  if (wish.value !== undefined && wish.must) {
    accept = wish.value;
    if (op === "gte" ? best <= accept : best >= accept) ideal = op === "gte" ? histogram.max : histogram.min;
  } else if (wish.value !== undefined) {
    ideal = wish.value;
    if (op === "gte" ? worst >= ideal : worst <= ideal) accept = op === "gte" ? histogram.min : histogram.max;
    // Even where everybody has that much power, not everybody has it at high voltage.
    if (op === "gte" && histogram.large && ideal > histogram.large.above) accept = Math.min(accept, histogram.large.above);
  }
  // What was worked out may lie beyond the range that anybody may ask for.
  if (wish.value === undefined || !isBeyond(indicator, wish.value)) {
    [ideal, accept] = [ideal, accept].map((end) => Math.min(Math.max(end, indicator.min ?? -Infinity), indicator.max ?? Infinity)) as [number, number];
  }
  const sane = op === "gte" ? ideal > accept : ideal < accept;
  return sane ? { indicator: wish.indicator, ideal, accept, weight: wish.weight } : null;
}

export interface Asking {
  region?: string;
  within?: Polygon;
  place?: [number, number];
  allowUnknown: boolean;
  /** only where the project is admitted */
  admitting?: boolean;
  industry?: string;
  limit?: number;
}

/** Land of three times the need is as good as none that fits: it costs three times as much. */
const TOO_LARGE = 3;

export function questionOf(
  project: Project,
  wishes: Wish[],
  catalogue: ReadonlyMap<string, Indicator>,
  histograms: Record<string, Histogram>,
  { region, within, place, allowUnknown, admitting, industry, limit = 200 }: Asking,
): MatchQuestion {
  const hard: HardCriterion[] = [];
  const soft: SoftCriterion[] = [];
  for (const wish of wishes) {
    const indicator = catalogue.get(wish.indicator);
    if (!indicator || (wish.indicator === "place_km" && !place)) continue;
    if (isChosen(indicator)) {
      asksFor(wish, indicator.type, hard, soft);
      continue;
    }
    const op = better(indicator);
    if (wish.must && wish.value !== undefined) hard.push({ indicator: wish.indicator, op, value: wish.value });
    const criterion = softOf(wish, op, indicator, histograms[wish.indicator]);
    if (criterion) soft.push(criterion);
  }
  const { mu } = project;
  if (mu) soft.push({ indicator: "area_mu", ideal: mu, accept: mu * TOO_LARGE, weight: 1 });
  const figures = Object.fromEntries(
    Object.entries(project).filter((entry): entry is [string, number] => entry[0] !== "industry" && typeof entry[1] === "number"),
  );
  const stated = { ...figures, ...statedOwn(project, catalogue) };
  return {
    hard,
    soft,
    allow_unknown: allowUnknown,
    limit,
    stability: true,
    ...(region ? { region } : {}),
    ...(within ? { within } : {}),
    ...(place ? { place } : {}),
    ...(admitting ? { admitting } : {}),
    ...(mu ? { groups: true } : {}),
    ...(mu ? { area_mu: [mu, null] } : {}),
    ...(industry ? { industry } : {}),
    ...(Object.keys(stated).length ? { project: stated } : {}),
  };
}

/** Needs of requirement profiles and siting resources that an indicator of the land answers; what weighs most comes first. */
const answeredBy: [indicator: string, ...needs: string[]][] = [
  ["power_capacity", "power", "power_mva"],
  ["labour_catchment", "labour", "jobs"],
  ["water_capacity", "water", "water_m3d"],
  ["highway_km", "motorway"],
  ["sewage_capacity", "sewage", "sewage_m3d"],
  ["gas_capacity", "gas", "gas_m3h"],
  ["port_km", "port"],
  ["rail_km", "rail"],
  ["housing_units", "housing"],
  ["airport_km", "airport"],
  ["metro_km", "metro"],
  ["hospital_km", "hospital"],
];

/** Asked by every investor, whatever the industry. */
const always = ["start_price"];
/** What most ask, where no profile says better. */
const usual = ["power_capacity", "highway_km", "labour_catchment", "port_km"];
const SHOWN = 5;

/** The need in its own unit, for this project; null while the project does not say how large it is. */
export function needOf({ basis, typical }: RequirementProfile, { mu, investment }: Project): number | null {
  if (basis === "absolute") return typical;
  if (basis === "per_mu") return mu ? typical * mu : null;
  return investment ? (typical * investment) / 10_000 : null;
}

/** The five wishes that matter for an industry: the price, what its profile names by weight, then what is usual. */
export function presetWishes(profiles: RequirementProfile[], project: Project, catalogue: ReadonlyMap<string, Indicator>): Wish[] {
  const named = answeredBy.flatMap(([indicator, ...needs]) => {
    const profile = profiles.find(({ need }) => need === indicator || needs.includes(need));
    return profile ? [{ indicator, need: needOf(profile, project) }] : [];
  });
  const wishes = [
    ...always.map((indicator) => ({ indicator, need: null })),
    ...named,
    ...usual.filter((indicator) => !named.some((one) => one.indicator === indicator)).map((indicator) => ({ indicator, need: null })),
  ];
  return wishes
    .filter(({ indicator }) => catalogue.has(indicator))
    .slice(0, SHOWN)
    .map(({ indicator, need }) => {
      const value = indicator === "power_capacity" && project.power_mva ? project.power_mva : need === null ? undefined : tidy(need);
      return { indicator, value: value === undefined || isBeyond(catalogue.get(indicator)!, value) ? undefined : value, must: false, weight: 1 };
    });
}

/** Two significant digits are enough for a typical need. */
export const tidy = (value: number): number => Number(value.toPrecision(2));

/** What the profile says a project of this size usually has, for figures not stated. */
export function usualFigures(profiles: RequirementProfile[], project: Project): Partial<Record<FigureName, number>> {
  const figures: Partial<Record<FigureName, number>> = {};
  for (const profile of profiles) {
    const name = profile.need as FigureName;
    if (!(name in figureUnits) || figures[name] !== undefined) continue;
    const need = needOf(profile, project);
    if (need !== null) figures[name] = tidy(need);
  }
  return figures;
}

export interface PerMu {
  name: "investment" | "output" | "tax" | "jobs" | "energy";
  value: number | null;
  unit: string;
  threshold: string;
  op: Operator;
}

/** What the project comes to per mu (and per value added), beside the threshold that asks for it. */
export function perMu({ mu, investment, output, tax, jobs, energy_tce, value_added }: Project): PerMu[] {
  const over = (amount: number | undefined, by: number | undefined): number | null => (amount !== undefined && by ? amount / by : null);
  return [
    { name: "investment", value: over(investment, mu), unit: "10k CNY/mu", threshold: "investment_intensity_min", op: "lte" },
    { name: "output", value: over(output, mu), unit: "10k CNY/mu/yr", threshold: "output_per_mu_min", op: "lte" },
    { name: "tax", value: over(tax, mu), unit: "10k CNY/mu/yr", threshold: "tax_per_mu_min", op: "lte" },
    { name: "jobs", value: over(jobs, mu), unit: "persons/mu", threshold: "jobs_per_mu_min", op: "lte" },
    { name: "energy", value: over(energy_tce, value_added), unit: "tce/10k CNY", threshold: "energy_per_value_added_max", op: "gte" },
  ];
}

/** The code sent for an industry: its only prefix, or what its prefixes share. Too broad a rest (one digit) is none. */
export function commonPrefix(prefixes: string[]): string {
  let shared = prefixes[0] ?? "";
  for (const prefix of prefixes) while (!prefix.startsWith(shared)) shared = shared.slice(0, -1);
  return shared.length >= 2 ? shared : "";
}
