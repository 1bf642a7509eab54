import { latLngToCell } from "h3-js";
import type { MatchResult } from "@/api/parcels";
import { scoreClass } from "@/layers/parcels/legend";

export interface ScoreField {
  cells: string[];
  classes: Uint8Array;
  best: MatchResult[];
  counts: number[];
}

/** Parcels at city scale: each hexagon shows the best of those inside it. */
export function scoreField(results: readonly MatchResult[], resolution: number): ScoreField {
  const byCell = new Map<string, { best: MatchResult; count: number }>();
  for (const result of results) {
    const cell = latLngToCell(result.lat, result.lng, resolution);
    const held = byCell.get(cell);
    byCell.set(cell, { best: held && held.best.score >= result.score ? held.best : result, count: (held?.count ?? 0) + 1 });
  }
  const held = [...byCell.values()];
  return {
    cells: [...byCell.keys()],
    classes: Uint8Array.from(held, ({ best }) => scoreClass(best.score)),
    best: held.map(({ best }) => best),
    counts: held.map(({ count }) => count),
  };
}

/** Hexagons of 20 to 60 pixels, as the tiles of low zooms have them. */
export const resolutionAt = (zoom: number): number => (zoom < 7.5 ? 5 : zoom < 9 ? 6 : zoom < 10.5 ? 7 : 8);
