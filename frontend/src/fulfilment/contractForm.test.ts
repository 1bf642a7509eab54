import { describe, expect, it } from "vitest";
import { changesOf, formOf } from "./contractForm";

describe("the form of a commitment", () => {
  it("sends only what was changed", () => {
    const before = formOf(null);
    expect(changesOf({ ...before }, before)).toEqual({});
    expect(changesOf({ ...before, hand_over: "2026-01-31", start_months: "6", note: "x" }, before)).toEqual({ hand_over: "2026-01-31", start_months: 6, note: "x" });
  });

  it("sends null for a date or number that was emptied, and an empty text", () => {
    const before = { ...formOf(null), hand_over: "2026-01-31", start_months: 6, note: "x", uscc: "test:1" };
    expect(changesOf({ ...before, hand_over: "", start_months: "", note: "", uscc: "" }, before)).toEqual({ hand_over: null, start_months: null, note: "", uscc: null });
  });
});
