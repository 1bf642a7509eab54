import { describe, expect, it } from "vitest";
import { commonUnit, digitsIn, sentence, unitName, write } from "./units";

describe("numbers", () => {
  it("turn 万元 to 亿元 from 10,000", () => {
    expect(sentence(9_999, "10k CNY", "zh-CN")).toBe("9,999 万元");
    expect(sentence(10_000, "10k CNY", "zh-CN")).toBe("1 亿元");
    expect(sentence(123_456, "10k CNY", "zh-CN")).toBe("12.35 亿元");
    expect(sentence(123_456, "10k CNY", "en")).toBe("1.23 bn CNY");
    expect(sentence(5_638, "10k CNY", "en")).toBe("56.4 M CNY");
    expect(sentence(70, "10k CNY", "en")).toBe("700 k CNY");
  });

  it("write mu with one decimal below 100 and none above", () => {
    expect(sentence(42, "mu", "zh-CN")).toBe("42.0 亩");
    expect(sentence(142.4, "mu", "zh-CN")).toBe("142 亩");
  });

  it("write percentages with one decimal", () => {
    expect(sentence(40, "%", "en")).toBe("40.0%");
  });

  it("write unknown as a dash, never as 0", () => {
    expect(write(null, "mu", "zh-CN")).toEqual({ digits: "—", unit: "" });
    expect(sentence(undefined, "km", "en")).toBe("—");
    expect(sentence(Number.NaN, "km", "en")).toBe("—");
  });

  it("do not round something small to nothing", () => {
    expect(sentence(0.00123, "tce/10k CNY", "zh-CN")).toBe("0.0012 吨标煤/万元");
    expect(sentence(0, "km", "zh-CN")).toBe("0 公里");
  });

  it("write distances with one decimal", () => {
    expect(sentence(3.456, "km", "zh-CN")).toBe("3.5 公里");
    expect(sentence(12.44, "km", "en")).toBe("12.4 km");
  });

  it("group thousands, of four digits too", () => {
    expect(sentence(1234, "persons", "zh-CN")).toBe("1,234 人");
  });

  it("keep a unit they do not know", () => {
    expect(unitName("MVA", "zh-CN")).toBe("MVA");
    expect(unitName("m3/d", "en")).toBe("m³/d");
    expect(sentence(33.2, "10k CNY/mu", "en")).toBe("33.2 ×10k CNY/mu");
    expect(unitName("kg/10k CNY", "en")).toBe("kg/10k CNY");
  });
});

describe("a row of numbers", () => {
  it("is written in the unit of its largest", () => {
    expect(commonUnit([500, 20_000, null], "10k CNY", "zh-CN")).toEqual({ unit: "100M CNY", factor: 1 / 10_000 });
    expect(commonUnit([500, 9_999], "10k CNY", "zh-CN")).toEqual({ unit: "10k CNY", factor: 1 });
    expect(commonUnit([50_000], "persons", "en")).toEqual({ unit: "persons", factor: 1 });
    expect(commonUnit([], "10k CNY", "zh-CN")).toEqual({ unit: "10k CNY", factor: 1 });
    expect(commonUnit([500, 20_000], "10k CNY", "en")).toEqual({ unit: "bn CNY", factor: 1 / 100_000 });
    expect(commonUnit([500], "10k CNY", "en")).toEqual({ unit: "M CNY", factor: 1 / 100 });
  });

  it("keeps the unit that stands beside it, whatever the size and the language", () => {
    expect(digitsIn(12_000, "10k CNY", "zh-CN")).toBe("12,000");
    expect(digitsIn(500, "10k CNY", "en")).toBe("500");
    expect(digitsIn(5, "M CNY", "en")).toBe("5");
    expect(digitsIn(20, "%", "en")).toBe("20.0");
  });
});
