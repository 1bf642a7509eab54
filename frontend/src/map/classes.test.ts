import { describe, expect, it } from "vitest";
import { classify, NO_DATA, quantileBreaks } from "./classes";
import { fitColour, heat } from "./palettes";

describe("classes", () => {
  it("a break belongs to the class above it", () => {
    expect([...classify([0, 9.9, 10, 20, 99], [10, 20])]).toEqual([0, 0, 1, 2, 2]);
  });

  it("unknown is no data, and 0 is not", () => {
    expect([...classify([null, Number.NaN, 0], [10])]).toEqual([NO_DATA, NO_DATA, 0]);
  });

  it("quantiles share the values out", () => {
    expect(quantileBreaks([1, 2, 3, 4, 5, 6, 7, 8, null], 4)).toEqual([3, 5, 7]);
    expect(quantileBreaks([5, 5, 5], 4)).toEqual([]);
    expect(quantileBreaks([], 4)).toEqual([]);
  });
});

describe("colours", () => {
  it("of fit pass through orange, yellow and green", () => {
    expect([0, 60, 100].map(fitColour)).toEqual(["#d55e00", "#f0e442", "#009e73"]);
    expect(fitColour(130)).toBe("#009e73");
  });

  it("of heat go from viridis' dark to its light end", () => {
    expect(heat(5)[0]).toBe("#440154");
    expect(heat(5)[4]).toBe("#fde725");
  });
});
