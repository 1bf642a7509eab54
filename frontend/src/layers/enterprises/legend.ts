import { fieldOpacity } from "@/map/palettes";
import type { LegendEntry } from "@/ui/legend";
import { countBreaks, countColours, pointColour } from "./layer";

type Say = (key: string) => string;

/** Number of firms in a hexagon. */
export const countLegend = (): LegendEntry[] =>
  countColours.map((colour, k) => {
    const from = countBreaks[k - 1] ?? 1;
    const below = countBreaks[k];
    const most = below === undefined ? undefined : below - 1;
    return { colour, opacity: fieldOpacity, label: most === undefined ? `≥ ${from}` : most === from ? `${from}` : `${from} – ${most}` };
  });

export const pointLegend = (t: Say): LegendEntry[] => [{ colour: pointColour, shape: "dot", label: t("maps.point") }];
