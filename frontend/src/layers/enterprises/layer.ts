import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { font } from "@/map/basemap";
import { categories, fieldOpacity, heat } from "@/map/palettes";
import type { Theme } from "@/map/theme";
import { enterprises, radii } from "./metadata";

/** Firms in a hexagon of low zooms. */
export const countBreaks = [2, 5, 10, 30, 100, 300];
export const countColours = heat(countBreaks.length + 1);
export const pointColour = categories[0];

const isBin: ExpressionSpecification = ["has", "n"];
const state = (name: string): ExpressionSpecification => ["boolean", ["feature-state", name], false];

/** `bins`: hexagons with their number at low zooms; without, only points near by. */
export function enterpriseLayers(source: string, theme: Theme, scale: number, { bins = true }: { bins?: boolean } = {}): LayerSpecification[] {
  const common = { source, "source-layer": enterprises.layer };
  const hexagons: LayerSpecification[] = bins
    ? [
        {
          id: "enterprises-bins", type: "fill", ...common, maxzoom: enterprises.pointsFrom, filter: isBin,
          paint: {
            "fill-color": ["step", ["get", "n"], countColours[0]!, ...countBreaks.flatMap((at, k) => [at, countColours[k + 1]!])] as unknown as ExpressionSpecification,
            "fill-opacity": fieldOpacity,
          },
        },
      ]
    : [];
  return [
    ...hexagons,
    {
      id: "enterprises-points", type: "circle", ...common, minzoom: enterprises.pointsFrom, filter: ["!", isBin],
      paint: {
        "circle-radius": ["match", ["get", "scale"], ...Object.entries(radii).flatMap(([size, radius]) => [size, radius * scale]), radii.micro * scale] as unknown as ExpressionSpecification,
        "circle-color": pointColour,
        "circle-opacity": 0.85,
        "circle-stroke-color": ["case", state("chosen"), theme.accent, state("hover"), theme.text, theme.halo],
        "circle-stroke-width": ["case", state("chosen"), 4 * scale, state("hover"), 2 * scale, 1 * scale],
      },
    },
    {
      id: "enterprises-names", type: "symbol", ...common, minzoom: 14, filter: ["!", isBin],
      layout: { "text-field": ["get", "name"], "text-font": font, "text-size": 11 * scale, "text-anchor": "top", "text-offset": [0, 0.8], "text-max-width": 10, "text-optional": true },
      paint: { "text-color": theme.text, "text-halo-color": theme.halo, "text-halo-width": 1.4 * scale },
    },
  ];
}
