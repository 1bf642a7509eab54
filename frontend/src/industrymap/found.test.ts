import { describe, expect, it } from "vitest";
import { found } from "./found";

const batteries = { name: "动力电池与储能", code: "batteries", prefixes: ["384"] };

describe("an industry is found", () => {
  it("by part of its name, by its code, and by nothing at all", () => {
    expect(["电池", "batt", " ", ""].map((text) => found(batteries, text))).toEqual([true, true, true, true]);
  });

  it("by a GB/T 4754 code within it or above it", () => {
    expect(["384", "3841", "38", "385", "3"].map((text) => found(batteries, text))).toEqual([true, true, true, false, true]);
  });
});
