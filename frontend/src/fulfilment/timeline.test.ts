import { describe, expect, it } from "vitest";
import type { Milestone } from "@/api/commitments";
import { stripOf } from "./timeline";

const milestone = (name: Milestone["name"], due: string | null, met_on: string | null = null, state: Milestone["state"] = "ahead"): Milestone => ({ name, due, met_on, state, days: null, reference: "" });

describe("the strip of a commitment", () => {
  it("runs from the hand-over to the last date", () => {
    const strip = stripOf("2026-01-01", [milestone("start", "2026-04-11"), milestone("completion", "2026-07-20")], "2026-04-11");
    expect(strip).toMatchObject({ from: "2026-01-01", to: "2026-07-20", today: 0.5 });
    expect(strip?.stretches.map(({ left, width }) => [left, width])).toEqual([
      [0, 0.5],
      [0.5, 0.5],
    ]);
  });

  it("is longer where a date was met late", () => {
    const strip = stripOf("2026-01-01", [milestone("start", "2026-04-11", "2026-07-20", "met_late")], "2027-01-01");
    expect(strip).toMatchObject({ to: "2026-07-20", today: null });
    expect(strip?.marks[0]).toMatchObject({ at: 0.5, met: 1 });
    expect(strip?.stretches[0]).toMatchObject({ width: 0.5, done: 1 });
  });

  it("is not drawn while nothing is scheduled", () => {
    expect(stripOf(null, [milestone("start", null)], "2026-01-01")).toBeNull();
    expect(stripOf("2026-01-01", [milestone("start", null)], "2026-01-01")).toBeNull();
  });
});
