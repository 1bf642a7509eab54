import { describe, expect, it } from "vitest";
import { bboxOf, grown, isBbox } from "./bbox";

describe("bbox", () => {
  it("holds all its points", () => {
    expect(bboxOf([[120, 36], [121, 35]])).toEqual([120, 35, 121, 36]);
    expect(bboxOf([])).toBeNull();
  });

  it("grows on every side", () => {
    expect(grown([0, 0, 10, 20], 0.1)).toEqual([-1, -2, 11, 22]);
  });

  it("is told from other lists", () => {
    expect(isBbox([120, 35, 121, 36])).toBe(true);
    expect(isBbox([121, 35, 120, 36])).toBe(false);
    expect(isBbox(null)).toBe(false);
  });
});
