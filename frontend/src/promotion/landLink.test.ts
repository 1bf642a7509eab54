import { expect, test } from "vitest";
import type { Indicator } from "@/api/indicators";
import type { RequirementProfile } from "@/api/parcels";
import { landQuery } from "./landLink";

const catalogue = new Map(
  ["start_price", "highway_km", "power_capacity", "labour_catchment", "port_km"].map((code) => [code, { code } as Indicator]),
);
const profile = (need: string, typical: number): RequirementProfile =>
  ({ scope: "x", need, basis: "absolute", low: null, typical, high: null, source: "" }) as unknown as RequirementProfile;

test("the node's own profile comes before that of the industry", () => {
  const { want, industry } = landQuery([profile("highway_km", 8)], [profile("port_km", 40)], "3841", catalogue);
  expect(industry).toBe("3841");
  expect(want).toBe("start_price,highway_km~8,power_capacity,labour_catchment,port_km");
});

test("without one the industry's is taken", () => {
  expect(landQuery([], [profile("port_km", 40)], "", catalogue)).toEqual({ want: "start_price,port_km~40,power_capacity,highway_km,labour_catchment" });
});
