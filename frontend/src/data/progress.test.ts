import { describe, expect, it } from "vitest";
import type { Job } from "@/api/imports";
import { isOver, isSettled, progressOf } from "./progress";

const job: Job = {
  id: 1, kind: "parcels", file_name: "a.csv", state: "running", cancel_asked: false, done: 2000, total: 8000,
  report: {} as Job["report"], source: null, asked_by: "li", asked_at: "2026-03-01T00:00:00Z",
  started_at: "2026-03-01T00:00:00Z", ended_at: null, following: null,
};

describe("progressOf", () => {
  it("works out what is left from what was done", () => {
    expect(progressOf(job, new Date("2026-03-01T00:00:10Z"))).toEqual({ share: 0.25, perSecond: 200, secondsLeft: 30 });
  });
  it("says nothing of a file whose length is unknown", () => {
    expect(progressOf({ ...job, total: null }, new Date("2026-03-01T00:00:10Z"))).toMatchObject({ share: null, secondsLeft: null });
  });
  it("knows which states are final", () => {
    expect(isOver(job)).toBe(false);
    expect(isOver({ ...job, state: "cancelled" })).toBe(true);
  });
  it("follows a loaded job while something is worked out from its rows", () => {
    const loaded: Job = { ...job, state: "done", following: { zh: "推算", en: "Working out" } };
    expect([isOver(loaded), isSettled(loaded)]).toEqual([true, false]);
    expect(isSettled({ ...loaded, following: null })).toBe(true);
  });
});
