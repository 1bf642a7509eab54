import { expect, it } from "vitest";
import type { MatchResult } from "@/api/parcels";
import { scoreField } from "./scoreField";

const at = (code: string, score: number, lng: number): MatchResult => ({
  code, name: code, region: null, lng, lat: 36, area_mu: 10, start_price: null, divisible: null, part_mu: null, place_km: null, score, rank: 1, score_if_known: score, criteria: [], hard: [], unknown: [], stability: null, admission: null,
});

it("a hexagon shows the best parcel inside it, and how many there are", () => {
  const { cells, classes, best, counts } = scoreField([at("a", 50, 120), at("b", 95, 120.0001), at("c", 10, 121)], 7);
  expect(cells.length).toBe(2);
  expect(best.map(({ code }) => code)).toEqual(["b", "c"]);
  expect(counts).toEqual([2, 1]);
  expect([...classes]).toEqual([5, 0]);
});
