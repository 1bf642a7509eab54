import { fieldOpacity, fitColour } from "@/map/palettes";
import type { LegendEntry } from "@/ui/legend";

/** The seven classes of a composite fit of 0 to 100. */
export const fitBreaks = [20, 40, 50, 60, 75, 90];

const middles = [10, 30, 45, 55, 67.5, 82.5, 100];
export const fitColours = middles.map(fitColour);

export function fitLegend(out: string): LegendEntry[] {
  const edges = [0, ...fitBreaks, 100];
  const classes = fitColours.map((colour, index) => ({ colour, opacity: fieldOpacity, label: `${edges[index]} – ${edges[index + 1]}` }));
  return [...classes.reverse(), { label: out, hatched: true }];
}
