import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { fieldOpacity, heat } from "@/map/palettes";
import type { Theme } from "@/map/theme";
import { draftColour, parcels, statusColours } from "./metadata";

/** Hexagons of low zooms: how much land lies in each, in mu. */
export const areaBreaks = [100, 500, 1000, 3000];
export const areaColours = heat(areaBreaks.length + 1);

/** Below this zoom a parcel is too small to carry a mark of its own. */
export const RINGS_UNTIL = 13;

const byStatus: ExpressionSpecification = ["match", ["get", "status"], ...Object.entries(statusColours).flat(), draftColour] as unknown as ExpressionSpecification;
const isBin: ExpressionSpecification = ["has", "n"];
const isPublic: ExpressionSpecification = ["in", ["get", "status"], ["literal", Object.keys(statusColours)]];
/** What is not published yet is only hinted at. */
const seen = (published: number, draft: number): ExpressionSpecification => ["case", isPublic, published, draft];
const state = (name: string): ExpressionSpecification => ["boolean", ["feature-state", name], false];

export type ParcelColour = { by: "status" } | { by: "score"; scores: ReadonlyMap<string, string> };

/** Colour of a parcel: by its status, or by the score it got; what the match left out is pale. */
function colourOf(colour: ParcelColour): ExpressionSpecification | string {
  if (colour.by === "status") return byStatus;
  if (colour.scores.size === 0) return "#C5CBD1";
  return ["match", ["get", "code"], ...[...colour.scores].flat(), "#C5CBD1"] as unknown as ExpressionSpecification;
}

export interface Mark {
  pointed?: string | null;
  chosen?: string | null;
}

export function parcelLayers(source: string, theme: Theme, colour: ParcelColour, scale: number, mark: Mark = {}): LayerSpecification[] {
  const common = { source, "source-layer": parcels.layer };
  const marked = (id: string, code: string | null | undefined, width: number): LayerSpecification => ({
    id, type: "line", ...common, minzoom: RINGS_UNTIL, filter: ["==", ["get", "code"], code ?? ""],
    layout: { "line-join": "round" }, paint: { "line-color": theme.accent, "line-width": width },
  });
  const fill = colourOf(colour);
  const bins: LayerSpecification[] =
    colour.by === "status"
      ? [
          {
            id: "parcels-bins", type: "fill", ...common, maxzoom: parcels.outlinesFrom, filter: isBin,
            paint: {
              "fill-color": ["step", ["get", "area_mu"], areaColours[0]!, ...areaBreaks.flatMap((at, k) => [at, areaColours[k + 1]!])] as unknown as ExpressionSpecification,
              "fill-opacity": fieldOpacity,
              "fill-outline-color": "#FFFFFF",
            },
          },
        ]
      : [];
  return [
    ...bins,
    {
      id: "parcels-fill", type: "fill", ...common, filter: ["!", isBin],
      paint: { "fill-color": fill, "fill-opacity": ["interpolate", ["linear"], ["zoom"], 10, seen(0.9, 0.3), 14, ["case", state("hover"), 0.8, seen(0.5, 0.12)]] },
    },
    {
      // Small at city scale: the edge keeps them in sight.
      id: "parcels-edge", type: "line", ...common, filter: ["all", ["!", isBin], isPublic],
      paint: { "line-color": fill, "line-width": ["case", state("hover"), 3 * scale, 1.5 * scale] },
    },
    {
      id: "parcels-draft", type: "line", ...common, filter: ["all", ["!", isBin], ["!", isPublic]],
      paint: { "line-color": draftColour, "line-width": 1.5 * scale, "line-dasharray": [2, 2] },
    },
    // Near by the outline itself is marked; further out a ring has to do (see rings).
    marked("parcels-pointed", mark.pointed, 2.5 * scale),
    marked("parcels-chosen", mark.chosen, 4 * scale),
  ];
}
