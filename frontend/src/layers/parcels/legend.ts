import { fieldOpacity, fitColour } from "@/map/palettes";
import type { LegendEntry } from "@/ui/legend";
import { areaBreaks, areaColours } from "./layer";
import { draftColour, statusColours } from "./metadata";

type Say = (key: string, values?: Record<string, unknown>) => string;

export const statusLegend = (t: Say, staff: boolean): LegendEntry[] => [
  ...Object.entries(statusColours).map(([status, colour]): LegendEntry => ({ label: t(`land.statuses.${status}`), colour })),
  ...(staff ? [{ label: t("land.statuses.draft"), colour: draftColour, shape: "dashed" } as const] : []),
];

const count = (mu = 0): string => mu.toLocaleString("en");

export const areaLegend = (): LegendEntry[] =>
  areaColours.map((colour, k) => {
    const from = areaBreaks[k - 1];
    const to = areaBreaks[k];
    return { colour, opacity: fieldOpacity, label: from === undefined ? `< ${count(to)}` : to === undefined ? `≥ ${count(from)}` : `${count(from)} – ${count(to)}` };
  });

/** Classes of the score on the map. */
export const scoreBreaks = [40, 60, 70, 80, 90];
export const scoreColours = [20, 50, 65, 75, 85, 100].map(fitColour);

export const scoreClass = (score: number): number => scoreBreaks.filter((at) => score >= at).length;

export const scoreLegend = (t: Say): LegendEntry[] => [
  ...scoreColours
    .map((colour, k): LegendEntry => {
      const from = scoreBreaks[k - 1];
      const to = scoreBreaks[k];
      return { colour, opacity: fieldOpacity, label: from === undefined ? `< ${to}` : to === undefined ? `≥ ${from}` : `${from} – ${to}` };
    })
    .reverse(),
  { label: t("land.notMatched"), colour: "#C5CBD1" },
];
