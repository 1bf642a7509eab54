import { expect, it } from "vitest";
import { reasonsOf } from "./reasons";

const criterion = (indicator: string, satisfaction: number | null, weight = 1) => ({ indicator, value: 1, satisfaction, weight });

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
