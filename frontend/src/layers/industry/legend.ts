import { fieldOpacity, heat } from "@/map/palettes";
import type { LegendEntry } from "@/ui/legend";
import { quotientColours } from "./layer";

type Say = (key: string) => string;

/** Classes with their breaks in words; class k holds breaks[k-1] ≤ value < breaks[k]. */
export function classLegend(colours: readonly string[], breaks: readonly number[], write: (value: number) => string): LegendEntry[] {
  return colours.map((colour, k) => {
    const from = breaks[k - 1];
    const to = breaks[k];
    if (from === undefined) return { colour, opacity: fieldOpacity, label: to === undefined ? "≥ 0" : `< ${write(to)}` };
    return { colour, opacity: fieldOpacity, label: to === undefined ? `≥ ${write(from)}` : `${write(from)} – ${write(to)}` };
  });
}

export const quotientLegend = (breaks: readonly number[], t: Say): LegendEntry[] => [
  ...classLegend(quotientColours(breaks), breaks, String).reverse(),
  { label: t("frame.noData"), hatched: true },
];

export const densityLegend = (breaks: readonly number[], write: (value: number) => string, t: Say): LegendEntry[] => [
  ...classLegend(heat(breaks.length + 1), breaks, write).reverse(),
  { label: t("maps.noFigures"), hatched: true },
];

export const clusterLegend = (t: Say, colour: string): LegendEntry[] => [{ colour, shape: "dashed", label: t("maps.cluster") }];
