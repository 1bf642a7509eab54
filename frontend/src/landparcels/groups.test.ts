import { expect, test } from "vitest";
import type { Indicator } from "@/api/indicators";
import { byGroup } from "./groups";

const indicator = (code: string, group: Indicator["group"], name: string): Indicator => ({ code, group, group_zh: name, group_en: "" }) as Indicator;

test("indicators stand by group in the order of the catalogue, and what is left out leaves no empty group", () => {
  const known = [indicator("a", "admission", "准入"), indicator("b", "energy", "能源"), indicator("c", "admission", "准入"), indicator("d", "policy", "政策")];
  const groups = byGroup(known, "en", ({ code }) => (code === "d" ? undefined : code));
  expect(groups).toEqual([
    { group: "admission", name: "准入", rows: ["a", "c"] },
    { group: "energy", name: "能源", rows: ["b"] },
  ]);
  expect(byGroup(null, "en", ({ code }) => code)).toEqual([]);
});
