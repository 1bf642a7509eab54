import { describe, expect, it } from "vitest";
import type { Judged } from "@/api/siting";
import { asAmounts, asWeights, byPull, presetAmounts } from "./needs";

describe("asAmounts", () => {
  it("survives the address", () => {
    const amounts = { power_mva: 40, jobs: 300 };
    expect(asAmounts.read(asAmounts.write(amounts))).toEqual(amounts);
  });
  it("leaves out what is no amount of ours", () => {
    expect(asAmounts.read("power_mva:-1,castle:3,jobs:viel,land_mu:")).toEqual({});
  });
});

it("asWeights survives the address", () => {
  expect(asWeights.read(asWeights.write({ power: 0.3, metro: 0 }))).toEqual({ power: 0.3, metro: 0 });
  expect(asWeights.read(undefined)).toEqual({});
});

describe("presetAmounts", () => {
  const profiles = [
    { need: "power", basis: "per_100m_cny", typical: 4 },
    { need: "labour", basis: "per_mu", typical: 3 },
    { need: "highway_km", basis: "absolute", typical: 10 },
  ];
  it("scales with the investment in hundreds of millions and with the land", () => {
    expect(presetAmounts(profiles, { investment: 50_000, land_mu: 100 })).toEqual({ investment: 50_000, land_mu: 100, power_mva: 20, jobs: 300 });
  });
  it("fills nothing whose basis is not stated", () => {
    expect(presetAmounts(profiles, { land_mu: 100 })).toEqual({ land_mu: 100, jobs: 300 });
  });
});

it("byPull puts the bottleneck first and the unknown last", () => {
  const one = (fit: number | null, weight: number): Judged => ({ kind: "capacity", name: "", unit: "", fit, weight }) as Judged;
  // 0.1·ln 100 = 0.46 > 0.5·(−ln 0.5) = 0.35 > 0
  const order = byPull({ half: one(0.5, 0.5), none: one(0, 0.1), full: one(1, 0.3), unknown: one(null, 0.1) });
  expect(order.map(([name]) => name)).toEqual(["none", "half", "full", "unknown"]);
});
