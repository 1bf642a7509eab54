import type { VectorSourceSpecification } from "maplibre-gl";
import { base, queryString, type Query } from "@/api/client";

/** A source of our own tiles; the filters are those of the layer's list. */
export function tileSource(layer: string, query: Query = {}, zooms: { minzoom?: number; maxzoom?: number } = {}): VectorSourceSpecification {
  return {
    type: "vector",
    // Put together by hand: URL would escape the braces.
    tiles: [`${base()}tiles/${layer}/{z}/{x}/{y}.mvt${queryString(query)}`],
    minzoom: 0,
    maxzoom: 14,
    ...zooms,
  };
}
