import { expect, it } from "vitest";
import { reasonsOf, voltageOf } from "./reasons";

const criterion = (indicator: string, satisfaction: number | null, weight = 1) => ({ indicator, value: 1, satisfaction, weight, voltage: undefined });

it("three best and the worst, none twice", () => {
  const { best, worst } = reasonsOf([criterion("a", 0.9), criterion("b", 0.2), criterion("c", 1), criterion("d", 0.7), criterion("e", 0.6)]);
  expect(best.map((one) => one.indicator)).toEqual(["c", "a", "d"]);
  expect(worst?.indicator).toBe("b");
});

it("an unknown is the worst", () => {
  expect(reasonsOf([criterion("a", 0.9), criterion("b", null), criterion("c", 0)]).worst?.indicator).toBe("b");
});

it("a parcel that meets everything has no worst", () => {
  expect(reasonsOf([criterion("a", 1), criterion("b", 1)])).toMatchObject({ worst: null });
  expect(reasonsOf([])).toEqual({ best: [], worst: null });
});

it("voltage is told of the project's need, else of what must be, else of what is wished", () => {
  const told = (surely: number) => ({ outcome: "met" as const, surely, at_most: surely, reason_zh: "", reason_en: "" });
  const criteria = [criterion("port_km", 1), { ...criterion("power_capacity", 1), voltage: told(3) }];
  const hard = [{ indicator: "power_capacity", voltage: told(2) }];
  const power = { needed: 25, available: 1, outcome: "pass" as const, shortfall: null, voltage: told(1) };
  const admission = { industry: "not_stated" as const, passed: 0, failed: 0, not_stated: 0, indicators: [], area: undefined, power };

  expect(voltageOf({ admission, hard, criteria })?.surely).toBe(1);
  expect(voltageOf({ admission: null, hard, criteria })?.surely).toBe(2);
  expect(voltageOf({ admission: null, hard: [], criteria })?.surely).toBe(3);
  expect(voltageOf({ admission: null, hard: [], criteria: [] })).toBeUndefined();
});
