import type { FeatureCollection, Point } from "geojson";
import type { LayerSpecification } from "maplibre-gl";
import type { Maker } from "@/api/chains";
import { font } from "@/map/basemap";
import { categories } from "@/map/palettes";
import type { Theme } from "@/map/theme";

export type PlacedMaker = Maker & { lng: number; lat: number };

/** Points of firms; `size` is the share of the largest one's amount, 0..1, and 0 where the amount is unknown. */
export function makerPoints(makers: readonly PlacedMaker[], largest: number | undefined): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: makers.map(({ uscc, name, amount, lng, lat }) => ({
      type: "Feature",
      properties: { uscc, name, size: amount !== undefined && largest ? Math.min(1, amount / largest) : 0 },
      geometry: { type: "Point", coordinates: [lng, lat] },
    })),
  };
}

/** Circles whose area grows with the amount, the small ones on top. */
export const makerLayers = (source: string, theme: Theme, scale: number): LayerSpecification[] => [
  {
    id: "makers", type: "circle", source,
    layout: { "circle-sort-key": ["-", 0, ["get", "size"]] },
    paint: {
      "circle-radius": ["*", scale, ["+", 4, ["*", 10, ["sqrt", ["get", "size"]]]]],
      "circle-color": categories[0],
      "circle-opacity": 0.75,
      "circle-stroke-color": theme.halo,
      "circle-stroke-width": scale,
    },
  },
  {
    id: "makers-names", type: "symbol", source, minzoom: 11,
    layout: { "text-field": ["get", "name"], "text-font": font, "text-size": 11 * scale, "text-anchor": "top", "text-offset": [0, 1], "text-max-width": 10, "text-optional": true },
    paint: { "text-color": theme.text, "text-halo-color": theme.halo, "text-halo-width": 1.4 * scale },
  },
];
