import { describe, expect, it } from "vitest";
import { daysTo, ending, marks, stops, todayThere } from "./track";

describe("the way over the land market", () => {
  it("marks what is behind, where the parcel is, and what lies ahead", () => {
    expect(marks("announced")).toEqual(["done", "done", "here", "ahead", "ahead"]);
    expect(marks("sold")).toEqual(["done", "done", "done", "done", "here"]);
  });

  it("ends with what became of it", () => {
    expect(stops("failed").at(-1)).toBe("failed");
    expect(marks("failed").at(-1)).toBe("missed");
    expect(stops("listed").at(-1)).toBe("sold");
  });

  it("counts days to a day, by the calendar of the land", () => {
    expect(todayThere(new Date("2026-02-28T16:30:00Z"))).toBe("2026-03-01");
    expect(daysTo("2026-03-15", "2026-03-01")).toBe(14);
    expect(daysTo("2026-02-27", "2026-03-01")).toBe(-2);
  });

  it("says that something ends today", () => {
    expect(ending("2026-03-01", "2026-03-01")).toEqual(["publication.endsToday", { n: 0 }]);
    expect(ending("2026-02-27", "2026-03-01")).toEqual(["publication.over", { n: 2 }]);
  });
});
