import { expect, it } from "vitest";
import { candidateSource } from "./candidateLayer";

it("draws only candidates that have a place and a rank", () => {
  const source = candidateSource([
    { code: "A", composite: 80, rank: 1, lng: 120, lat: 36 },
    { code: "B", composite: null, rank: null, lng: 120, lat: 36 },
    { code: "C", composite: 70, rank: 2 },
  ]);
  expect((source.data as unknown as { features: { properties: { code: string } }[] }).features.map(({ properties }) => properties.code)).toEqual(["A"]);
});
