import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Language } from "@/api/session";
import { tileSource } from "./tiles";
import type { Theme } from "./theme";

/** No glyph server: every letter is drawn here, by the browser, from the fonts of the machine. */
export const font = ["PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"];

/**
 * Where a layer goes, from below to above: fields (H3, heat) lie under the roads, shapes (parcels, zones) above them and
 * below the labels, points above all but the labels' text.
 */
export type Slot = "fields" | "shapes" | "points" | "top";
export const slotId = (slot: Slot): string => `slot-${slot}`;

const slot = (name: Slot): LayerSpecification => ({ id: slotId(name), type: "background", layout: { visibility: "none" } });

/** Letters and lines grow with the page's type, for walls. */
export const typeScale = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;

export const nameIn = (language: Language): ExpressionSpecification =>
  language === "en"
    ? ["case", ["to-boolean", ["get", "name_en"]], ["get", "name_en"], ["coalesce", ["get", "name"], ""]]
    : ["coalesce", ["get", "name"], ""];

const level = (...names: string[]): ExpressionSpecification => ["in", ["get", "level"], ["literal", names]];
const isProvince = level("province");
const isPark = level("park");
/** Too small for a coast or a border of their own. */
const fine = level("township", "park");

const major: ExpressionSpecification = ["in", ["get", "road_class"], ["literal", ["motorway", "trunk", "expressway"]]];

function roadWidth(at9: number, at16: number): ExpressionSpecification {
  return ["interpolate", ["exponential", 1.6], ["zoom"], 7, at9 * 0.5, 9, at9, 16, at16];
}

function labels(theme: Theme, language: Language, scale: number): LayerSpecification[] {
  const common = { type: "symbol", source: "region_labels", "source-layer": "region_labels" } as const;
  const paint = { "text-halo-color": theme.halo, "text-halo-width": 1.4 * scale };
  return [
    {
      id: "labels-townships", ...common, minzoom: 10.5, filter: level("township"),
      layout: { "text-field": nameIn(language), "text-font": font, "text-size": 11 * scale, "text-max-width": 8, "text-padding": 6 },
      paint: { ...paint, "text-color": theme.quiet },
    },
    {
      id: "labels-parks", ...common, minzoom: 10, filter: isPark,
      layout: { "text-field": nameIn(language), "text-font": font, "text-size": 11.5 * scale, "text-max-width": 8, "text-padding": 6 },
      paint: { ...paint, "text-color": theme.parkName },
    },
    {
      id: "labels-districts", ...common, minzoom: 7.5, filter: level("district"),
      layout: {
        "text-field": nameIn(language), "text-font": font, "text-max-width": 8, "text-padding": 4, "text-letter-spacing": 0.05,
        "text-size": ["interpolate", ["linear"], ["zoom"], 7, 11 * scale, 12, 16 * scale],
      },
      paint: { ...paint, "text-color": theme.text },
    },
    {
      // Where districts have their names, the city's would only be one more among them.
      id: "labels-cities", ...common, maxzoom: 7.5, filter: level("province", "city"),
      layout: { "text-field": nameIn(language), "text-font": font, "text-size": 14 * scale, "text-letter-spacing": 0.1 },
      paint: { ...paint, "text-color": theme.text },
    },
  ];
}

export const basemapSources = (): Record<string, SourceSpecification> => ({
  regions: tileSource("regions"),
  region_labels: tileSource("region_labels"),
  roads: tileSource("roads", {}, { minzoom: 7 }),
});

/** Land, sea, borders, roads and names from our own tables; a pure function of theme and language. */
export function basemapLayers(theme: Theme, language: Language, scale: number): LayerSpecification[] {
  const roads = { source: "roads", "source-layer": "roads" };
  const regions = { source: "regions", "source-layer": "regions" };
  const line = { "line-cap": "round", "line-join": "round" } as const;
  return [
    { id: "sea", type: "background", paint: { "background-color": theme.sea } },
    {
      // The half of it on land is covered by the land.
      id: "coast", type: "line", ...regions, filter: ["!", fine], layout: line,
      paint: { "line-color": theme.coast, "line-width": 22 * scale, "line-blur": 20 * scale },
    },
    { id: "land-around", type: "fill", ...regions, filter: isProvince, paint: { "fill-color": theme.around, "fill-antialias": false } },
    { id: "land", type: "fill", ...regions, filter: ["!", isProvince], paint: { "fill-color": theme.land, "fill-antialias": false } },
    { id: "parks", type: "fill", ...regions, minzoom: 9, filter: isPark, paint: { "fill-color": theme.park, "fill-opacity": 0.12, "fill-antialias": false } },
    slot("fields"),
    {
      id: "roads-minor", type: "line", ...roads, minzoom: 11, filter: ["!", major], layout: line,
      paint: { "line-color": theme.road, "line-width": roadWidth(0.4 * scale, 5 * scale) },
    },
    {
      id: "roads-major-edge", type: "line", ...roads, filter: major, layout: line,
      paint: { "line-color": theme.roadEdge, "line-width": roadWidth(3 * scale, 14 * scale) },
    },
    { id: "roads-major", type: "line", ...roads, filter: major, layout: line, paint: { "line-color": theme.road, "line-width": roadWidth(1.6 * scale, 10 * scale) } },
    {
      id: "borders-townships", type: "line", ...regions, minzoom: 10.5, filter: level("township"),
      paint: { "line-color": theme.border, "line-width": 0.5 * scale, "line-dasharray": [3, 2] },
    },
    {
      id: "borders-parks", type: "line", ...regions, minzoom: 9.5, filter: isPark,
      paint: { "line-color": theme.park, "line-width": 1.2 * scale, "line-opacity": 0.7, "line-dasharray": [3, 1.5] },
    },
    {
      id: "borders", type: "line", ...regions, filter: ["!", fine],
      paint: { "line-color": theme.border, "line-width": ["match", ["get", "level"], "district", 0.8 * scale, "province", 0.8 * scale, 1.8 * scale] },
    },
    slot("shapes"),
    slot("points"),
    ...labels(theme, language, scale),
    slot("top"),
  ];
}

export function basemap(theme: Theme, language: Language, scale: number): StyleSpecification {
  return { version: 8, name: "luodi", sources: basemapSources(), layers: basemapLayers(theme, language, scale) };
}
