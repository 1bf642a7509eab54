import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { District } from "@/api/industries";
import { font } from "@/map/basemap";
import { classify, NO_DATA } from "@/map/classes";
import { differences, fieldOpacity } from "@/map/palettes";
import type { Theme } from "@/map/theme";

export const HATCH = "no-data-hatch";

/** Colour of every class of a quotient: blue below the city's average, orange above. */
export const quotientColours = (breaks: readonly number[]): string[] => differences(breaks.length + 1);

/** Districts by location quotient; unknown ones are hatched, other regions stay as they are. */
export function quotientLayers(source: string, districts: readonly District[], breaks: readonly number[], theme: Theme, scale: number, chosen?: string): LayerSpecification[] {
  const common = { source, "source-layer": "regions" };
  const colours = quotientColours(breaks);
  const classes = classify(districts.map(({ quotient }) => quotient), breaks);
  const known = districts.flatMap(({ adcode }, at) => (classes[at] === NO_DATA ? [] : [adcode, colours[classes[at]!]!]));
  const unknown = districts.filter((_, at) => classes[at] === NO_DATA).map(({ adcode }) => adcode);
  const all = districts.map(({ adcode }) => adcode);
  const among = (codes: string[]): ExpressionSpecification => ["in", ["get", "adcode"], ["literal", codes]];
  return [
    {
      id: "quotient-fill", type: "fill", ...common, filter: among(all.filter((code) => !unknown.includes(code))),
      paint: {
        "fill-color": known.length ? (["match", ["get", "adcode"], ...known, "rgba(0,0,0,0)"] as unknown as ExpressionSpecification) : "rgba(0,0,0,0)",
        "fill-opacity": fieldOpacity,
      },
    },
    { id: "quotient-unknown", type: "fill", ...common, filter: among(unknown), paint: { "fill-pattern": HATCH } },
    {
      id: "quotient-edge", type: "line", ...common, filter: among(all),
      paint: { "line-color": theme.text, "line-width": ["case", ["==", ["get", "adcode"], chosen ?? ""], 3 * scale, 0.6 * scale], "line-opacity": ["case", ["==", ["get", "adcode"], chosen ?? ""], 1, 0.5] },
    },
  ];
}

/** Clusters as outlines with the number of their firms; the one pointed at is filled. */
export function clusterLayers(source: string, theme: Theme, scale: number, pointed: number | null): LayerSpecification[] {
  const isPointed: ExpressionSpecification = ["==", ["get", "at"], pointed ?? -1];
  return [
    { id: "clusters-fill", type: "fill", source, paint: { "fill-color": theme.accent, "fill-opacity": ["case", isPointed, 0.25, 0.04] } },
    { id: "clusters-edge", type: "line", source, paint: { "line-color": theme.accent, "line-width": ["case", isPointed, 3 * scale, 1.5 * scale], "line-dasharray": [3, 1.5] } },
    {
      id: "clusters-number", type: "symbol", source, minzoom: 9.5,
      layout: { "text-field": ["get", "label"], "text-font": font, "text-size": 11 * scale },
      paint: { "text-color": theme.accent, "text-halo-color": theme.halo, "text-halo-width": 1.6 * scale },
    },
  ];
}

/** The hatching of "no data" as an image for the map, 8 by 8. */
export function hatchImage(): { width: number; height: number; data: Uint8ClampedArray } {
  const size = 8;
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) data.set((x + y) % size < 3 ? [138, 148, 158, 220] : [197, 203, 209, 90], (y * size + x) * 4);
  }
  return { width: size, height: size, data };
}
