import type { CircleLayerSpecification, GeoJSONSourceSpecification } from "maplibre-gl";
import type { Candidate } from "@/api/siting";

/** Candidate parcels as dots of their fit; the places come beside the ranking. Pure. */
export interface Placed extends Pick<Candidate, "code" | "composite" | "rank"> {
  lng?: number;
  lat?: number;
}

export function candidateSource(candidates: readonly Placed[]): GeoJSONSourceSpecification {
  const features = candidates
    .filter((one): one is Placed & { lng: number; lat: number } => one.rank !== null && one.lng !== undefined && one.lat !== undefined)
    .map(({ code, composite, rank, lng, lat }) => ({
      type: "Feature" as const,
      properties: { code, composite, rank },
      geometry: { type: "Point" as const, coordinates: [lng, lat] },
    }));
  return { type: "geojson", data: { type: "FeatureCollection", features } };
}

export function candidateLayers(scale: number, colour: (score: number) => string): CircleLayerSpecification[] {
  return [
    {
      id: "candidates",
      type: "circle",
      source: "candidates",
      layout: { "circle-sort-key": ["-", 0, ["get", "rank"]] },
      paint: {
        "circle-radius": ["case", ["<=", ["get", "rank"], 10], 7 * scale, 4 * scale],
        "circle-color": ["interpolate", ["linear"], ["get", "composite"], 0, colour(0), 60, colour(60), 100, colour(100)],
        "circle-stroke-color": "#1F2933",
        "circle-stroke-width": ["case", ["<=", ["get", "rank"], 10], 2 * scale, 0.75 * scale],
      },
    },
  ];
}
