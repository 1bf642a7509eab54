import { describe, expect, it, test } from "vitest";
import { day, dayThere, daysTo, isOver, later, when } from "./days";

describe("moments", () => {
  it("say their year and minute, by the clock of the city", () => {
    expect(when("2026-11-21T01:05:00Z", "zh-CN")).toBe("2026年11月21日 09:05");
    expect(when("2026-11-21T01:05:00Z", "en")).toBe("Nov 21, 2026, 09:05");
  });

  it("begin the day at nought, not at twenty-four", () => {
    expect(when("2026-11-20T16:05:00Z", "en")).toBe("Nov 21, 2026, 00:05");
  });

  it("always name the year of a day, which is the city's", () => {
    expect(day("2026-11-21T17:05:00Z", "zh-CN")).toBe("2026年11月22日");
    expect(dayThere("2026-11-21T17:05:00Z")).toBe("2026-11-22");
  });

  it("keep a day that has no hour, wherever it is read", () => {
    expect(day("2026-11-01", "zh-CN")).toBe("2026年11月1日");
  });
});

test("days are counted by the calendar, not by the hour", () => {
  expect(["2026-11-22", "2026-11-21", "2026-11-18"].map((date) => daysTo(date, "2026-11-21"))).toEqual([1, 0, -3]);
  expect(later("2026-11-21", 90)).toBe("2027-02-19");
});

test("what is never overdue is not over", () => {
  expect(isOver(null, new Date())).toBe(false);
  expect(isOver("2026-01-01T00:00:00Z", new Date("2026-01-01T00:00:00Z"))).toBe(true);
});
