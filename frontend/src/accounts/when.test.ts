import { describe, expect, it } from "vitest";
import { day, when } from "./when";

describe("moments", () => {
  const now = new Date("2026-11-21T12:00:00");

  it("leave the year out while it is this one", () => {
    expect(when("2026-11-21T09:05:00", "zh-CN", now)).toBe("11月21日 09:05");
    expect(when("2025-11-21T09:05:00", "zh-CN", now)).toContain("2025");
    expect(when("2026-11-21T09:05:00", "en", now)).toBe("Nov 21, 09:05");
  });

  it("always name the year of a day", () => {
    expect(day("2026-11-21T09:05:00", "zh-CN")).toBe("2026年11月21日");
  });
});
