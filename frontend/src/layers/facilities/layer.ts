import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { font } from "@/map/basemap";
import { categories } from "@/map/palettes";
import type { Theme } from "@/map/theme";
import { facilities, groups, type Group } from "./metadata";

/** Within a group each category has a colour of its own; names say the rest near by. */
export const colourOf = (group: Group, category: string): string => categories[(groups[group] as readonly string[]).indexOf(category) % categories.length]!;

/** Points of one group, named from zoom 13; what stands only about there is hollow. */
export function facilityLayers(source: string, group: Group, theme: Theme, scale: number): LayerSpecification[] {
  const common = { source, "source-layer": facilities.layer };
  const colour = ["match", ["get", "category"], ...groups[group].flatMap((category) => [category, colourOf(group, category)]), theme.text] as unknown as ExpressionSpecification;
  const about: ExpressionSpecification = ["boolean", ["get", "approximate"], false];
  return [
    {
      id: "facilities-points", type: "circle", ...common,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, 2.5 * scale, 14, 6 * scale],
        "circle-color": ["case", about, theme.halo, colour],
        "circle-stroke-color": ["case", about, colour, theme.halo],
        "circle-stroke-width": ["case", about, 2 * scale, 1 * scale],
      },
    },
    {
      id: "facilities-names", type: "symbol", ...common, minzoom: 12,
      layout: { "text-field": ["get", "name"], "text-font": font, "text-size": 11 * scale, "text-anchor": "top", "text-offset": [0, 0.8], "text-max-width": 9, "text-optional": true },
      paint: { "text-color": theme.text, "text-halo-color": theme.halo, "text-halo-width": 1.4 * scale },
    },
  ];
}
