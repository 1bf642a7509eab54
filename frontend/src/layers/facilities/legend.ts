import type { LegendEntry } from "@/ui/legend";
import { colourOf } from "./layer";
import { groups, type Group } from "./metadata";

type Say = (key: string) => string;

export const facilityLegend = (group: Group, t: Say): LegendEntry[] => [
  ...groups[group].map((category): LegendEntry => ({ colour: colourOf(group, category), shape: "dot", label: t(`data.facilities.categories.${category}`) })),
  { colour: "#5F6B76", shape: "ring", label: t("data.facilities.approximate") },
];
