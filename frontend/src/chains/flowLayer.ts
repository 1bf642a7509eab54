import type { Feature, FeatureCollection, LineString, Point } from "geojson";
import type { LayerSpecification } from "maplibre-gl";
import type { Flows, Park } from "@/api/chainViews";
import { font } from "@/map/basemap";
import type { Theme } from "@/map/theme";

const mostDrawn = 24;
const steps = 24;
const bow = 0.18; // of the distance: how far a curve stands off the straight way, so that both directions can be told apart

/** Firms are pale here: what flows between the districts lies over them. */
export const firmsOpacity = 0.35;

/** Curves from district to district, thicker with what flows; what stays within a district is left to the list. */
export function flowLines({ districts, flows }: Flows): FeatureCollection<LineString> {
  const place = new Map(districts.map((one) => [one.adcode, [one.lng, one.lat] as const]));
  const between = flows.filter(({ source, target, amount }) => source !== target && amount > 0).sort((a, b) => b.amount - a.amount);
  const most = between[0]?.amount ?? 0;
  const features = between.slice(0, mostDrawn).flatMap(({ source, target, amount }): Feature<LineString>[] => {
    const [from, to] = [place.get(source), place.get(target)];
    if (!from || !to) return [];
    return [{ type: "Feature", properties: { size: amount / most }, geometry: { type: "LineString", coordinates: curve(from, to) } }];
  });
  return { type: "FeatureCollection", features };
}

function curve(from: readonly [number, number], to: readonly [number, number]): [number, number][] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const middle = [(from[0] + to[0]) / 2 - dy * bow, (from[1] + to[1]) / 2 + dx * bow] as const;
  return Array.from({ length: steps + 1 }, (_, at) => {
    const k = at / steps;
    const [a, b, c] = [(1 - k) ** 2, 2 * k * (1 - k), k ** 2];
    return [a * from[0] + b * middle[0] + c * to[0], a * from[1] + b * middle[1] + c * to[1]];
  });
}

/** Parks as points, larger with what they make of the chain. */
export function parkPoints(parks: readonly Park[]): FeatureCollection<Point> {
  const most = Math.max(0, ...parks.map(({ supply }) => supply));
  return {
    type: "FeatureCollection",
    features: parks.map(({ code, name, supply, lng, lat }) => ({ type: "Feature", properties: { code, name, size: most > 0 ? supply / most : 0 }, geometry: { type: "Point", coordinates: [lng, lat] } })),
  };
}

export const flowLayers = (theme: Theme, scale: number): LayerSpecification[] => [
  {
    id: "flows", type: "line", source: "flows",
    layout: { "line-cap": "round", "line-sort-key": ["get", "size"] },
    paint: { "line-color": "#a8497c", "line-opacity": 0.7, "line-width": ["*", scale, ["+", 0.5, ["*", 6, ["get", "size"]]]] },
  },
  {
    id: "flows-ways", type: "symbol", source: "flows",
    layout: { "symbol-placement": "line-center", "text-field": "▶", "text-font": font, "text-size": 10 * scale, "text-keep-upright": false, "text-allow-overlap": true },
    paint: { "text-color": "#7d2f5b", "text-halo-color": theme.halo, "text-halo-width": 0.75 * scale },
  },
  {
    id: "parks", type: "circle", source: "parks",
    paint: {
      "circle-radius": ["*", scale, ["+", 4, ["*", 14, ["sqrt", ["get", "size"]]]]],
      "circle-color": "#009e73", "circle-opacity": 0.25, "circle-stroke-color": "#009e73", "circle-stroke-width": 1.5 * scale,
    },
  },
  {
    id: "parks-names", type: "symbol", source: "parks", minzoom: 9,
    layout: { "text-field": ["get", "name"], "text-font": font, "text-size": 12 * scale, "text-max-width": 9, "text-optional": true },
    paint: { "text-color": theme.text, "text-halo-color": theme.halo, "text-halo-width": 1.4 * scale },
  },
];
