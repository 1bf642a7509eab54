import { describe, expect, it } from "vitest";
import { day, when } from "./when";

describe("moments", () => {
  it("say their year and minute", () => {
    expect(when("2026-11-21T09:05:00", "zh-CN")).toBe("2026年11月21日 09:05");
    expect(when("2026-11-21T09:05:00", "en")).toBe("Nov 21, 2026, 09:05");
  });

  it("always name the year of a day", () => {
    expect(day("2026-11-21T09:05:00", "zh-CN")).toBe("2026年11月21日");
  });
});
