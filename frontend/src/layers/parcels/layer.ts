import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { font } from "@/map/basemap";
import { heat } from "@/map/palettes";
import type { Theme } from "@/map/theme";
import { draftColour, parcels, statusColours } from "./metadata";

/** Hexagons of low zooms: how much land lies in each, in mu. */
export const areaBreaks = [100, 500, 1000, 3000];
export const areaColours = heat(areaBreaks.length + 1);

const byStatus: ExpressionSpecification = ["match", ["get", "status"], ...Object.entries(statusColours).flat(), draftColour] as unknown as ExpressionSpecification;
const isBin: ExpressionSpecification = ["has", "n"];
const isPublic: ExpressionSpecification = ["in", ["get", "status"], ["literal", Object.keys(statusColours)]];
const state = (name: string): ExpressionSpecification => ["boolean", ["feature-state", name], false];

export type ParcelColour = { by: "status" } | { by: "score"; scores: ReadonlyMap<string, string> };

/** Colour of a parcel: by its status, or by the score it got; what the match left out is pale. */
function colourOf(colour: ParcelColour): ExpressionSpecification | string {
  if (colour.by === "status") return byStatus;
  if (colour.scores.size === 0) return "#C5CBD1";
  return ["match", ["get", "code"], ...[...colour.scores].flat(), "#C5CBD1"] as unknown as ExpressionSpecification;
}

export function parcelLayers(source: string, theme: Theme, colour: ParcelColour, scale: number): LayerSpecification[] {
  const common = { source, "source-layer": parcels.layer };
  const fill = colourOf(colour);
  const bins: LayerSpecification[] =
    colour.by === "status"
      ? [
          {
            id: "parcels-bins", type: "fill", ...common, maxzoom: parcels.outlinesFrom, filter: isBin,
            paint: {
              "fill-color": ["step", ["get", "area_mu"], areaColours[0]!, ...areaBreaks.flatMap((at, k) => [at, areaColours[k + 1]!])] as unknown as ExpressionSpecification,
              "fill-opacity": 0.75,
            },
          },
        ]
      : [];
  return [
    ...bins,
    {
      id: "parcels-fill", type: "fill", ...common, filter: ["!", isBin],
      paint: { "fill-color": fill, "fill-opacity": ["interpolate", ["linear"], ["zoom"], 10, 0.9, 14, ["case", state("hover"), 0.8, 0.5]] },
    },
    {
      // Small at city scale: the edge keeps them in sight.
      id: "parcels-edge", type: "line", ...common, filter: ["all", ["!", isBin], isPublic],
      paint: { "line-color": fill, "line-width": ["case", state("hover"), 3 * scale, state("chosen"), 3 * scale, 1.5 * scale] },
    },
    {
      id: "parcels-draft", type: "line", ...common, filter: ["all", ["!", isBin], ["!", isPublic]],
      paint: { "line-color": draftColour, "line-width": 1.5 * scale, "line-dasharray": [2, 2] },
    },
    {
      id: "parcels-names", type: "symbol", ...common, minzoom: 14, filter: ["!", isBin],
      layout: { "text-field": ["concat", ["number-format", ["get", "area_mu"], { "max-fraction-digits": 0 }], " mu"], "text-font": font, "text-size": 11 * scale },
      paint: { "text-color": theme.text, "text-halo-color": theme.halo, "text-halo-width": 1.2 * scale },
    },
  ];
}
