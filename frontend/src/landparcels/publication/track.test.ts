import { describe, expect, it } from "vitest";
import { ending, marks, stops } from "./track";

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

  it("says that something ends today", () => {
    expect(ending("2026-03-01", "2026-03-01")).toEqual(["publication.endsToday", { n: 0 }]);
    expect(ending("2026-02-27", "2026-03-01")).toEqual(["publication.over", { n: 2 }]);
  });
});
