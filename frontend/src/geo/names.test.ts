import { expect, test } from "vitest";
import { comma, nameOf, named, regionOf } from "./names";

test("a name without an English one is told in Chinese", () => {
  expect(named("隔膜", "Separators", "en")).toBe("Separators");
  expect(named("隔膜", "", "en")).toBe("隔膜");
  expect(named("隔膜", "Separators", "zh-CN")).toBe("隔膜");
  expect(nameOf({ name: "隔膜", name_en: null }, "en")).toBe("隔膜");
});

test("a region that is not known has no name", () => {
  expect(regionOf({ region_name: null, region_name_en: null }, "en")).toBe("");
});

test("lists have the comma of their language", () => {
  expect(["a", "b"].join(comma("en"))).toBe("a, b");
  expect(["甲", "乙"].join(comma("zh-CN"))).toBe("甲、乙");
});
