import { describe, expect, it } from "vitest";
import { freshness } from "./freshness";

const now = new Date("2026-03-01T12:00:00+08:00");

describe("freshness", () => {
  it("counts days of the city's own clock", () => {
    expect(freshness("facilities", "2026-02-27", now)).toEqual({ state: "fresh", days: 2 });
  });
  it("calls prices of two years ago stale and outlines of two years ago fresh", () => {
    expect(freshness("regional_values", "2024-03-01", now).state).toBe("stale");
    expect(freshness("regions", "2024-03-01", now).state).toBe("fresh");
  });
  it("never takes data without a day for fresh", () => {
    expect(freshness("parcels", null, now)).toEqual({ state: "undated", days: null });
  });
});
