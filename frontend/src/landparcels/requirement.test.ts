import { describe, expect, it } from "vitest";
import type { Histogram, Indicator } from "@/api/indicators";
import type { RequirementProfile } from "@/api/parcels";
import { commonPrefix, isBeyond, meeting, perMu, presetWishes, quantile, questionOf, readWishes, shareMeeting, writeWishes } from "./requirement";

const indicator = (code: string, bound: Indicator["bound"], group: Indicator["group"] = "energy"): [string, Indicator] => [
  code,
  {
    code, group, bound, group_zh: "", group_en: "", name_zh: code, name_en: code, unit: "1", origin: "computed", type: "decimal", min: 0, max: 1000,
    choices: [], options: [], own: false, public: true, department_zh: "", department_en: "", note_zh: "", note_en: "",
    legal_basis_zh: "", legal_basis_en: "",
  },
];
const catalogue = new Map([
  indicator("power_capacity", "higher_better"),
  indicator("highway_km", "lower_better"),
  indicator("tax_per_mu_min", "at_least", "admission"),
  indicator("far_max", "at_most", "admission"),
  indicator("start_price", "lower_better", "terms"),
  indicator("port_km", "lower_better"),
  indicator("labour_catchment", "higher_better"),
]);
/** Ten values: two in each of five bins from 0 to 100. */
const even: Histogram = { edges: [0, 20, 40, 60, 80, 100], counts: [2, 2, 2, 2, 2], unknown: 1, min: 0, max: 100, large: undefined };
const profile = (need: string, basis: RequirementProfile["basis"], typical: number): RequirementProfile => ({ scope: "38", need, basis, low: null, typical, high: null, source: "" });

describe("wishes in the address", () => {
  it("come back as they were written", () => {
    const text = "power_capacity!20,highway_km~10.5*2,start_price,port_km*3";
    expect(writeWishes(readWishes(text))).toBe(text);
    expect(readWishes(text)[1]).toEqual({ indicator: "highway_km", value: 10.5, must: false, weight: 2 });
  });

  it("leave out what they do not understand", () => {
    expect(readWishes("<script>,power_capacity!x,,highway_km~1.2.3")).toEqual([]);
  });
});

describe("histograms", () => {
  it("give quantiles within a bin", () => {
    expect(quantile(even, 0.5)).toBe(50);
    expect(quantile(even, 0.05)).toBe(5);
    expect(quantile({ ...even, counts: [0, 0, 0, 0, 0] }, 0.5)).toBeNull();
  });

  it("say which share meets a limit, without the unknown", () => {
    expect(shareMeeting(even, "lte", 50)).toBe(0.5);
    expect(shareMeeting(even, "gte", 80)).toBeCloseTo(0.2);
    expect(shareMeeting(even, "gte", -5)).toBe(1);
  });
});

describe("a question", () => {
  const histograms = { power_capacity: even, highway_km: even, tax_per_mu_min: even, far_max: even };
  const ask = (text: string, project = {}) => questionOf(project, readWishes(text), catalogue, histograms, { allowUnknown: false });

  it("turns a must into a constraint, and rewards what lies beyond it", () => {
    const { hard, soft } = ask("power_capacity!20");
    expect(hard).toEqual([{ indicator: "power_capacity", op: "gte", value: 20 }]);
    expect(soft).toEqual([{ indicator: "power_capacity", ideal: 95, accept: 20, weight: 1 }]);
  });

  it("turns a wish into points alone", () => {
    const { hard, soft } = ask("highway_km~10*2");
    expect(hard).toEqual([]);
    expect(soft).toEqual([{ indicator: "highway_km", ideal: 10, accept: 95, weight: 2 }]);
  });

  it("never asks for high thresholds or low limits", () => {
    expect(ask("tax_per_mu_min!30").hard[0]!.op).toBe("lte");
    expect(ask("far_max!2").hard[0]!.op).toBe("gte");
    const [tax, far] = ask("tax_per_mu_min,far_max").soft;
    expect(tax!.ideal).toBeLessThan(tax!.accept!);
    expect(far!.ideal).toBeGreaterThan(far!.accept!);
  });

  it("asks for any of the choices pressed, in the address and of the server", () => {
    const [soil] = indicator("soil", "neutral", "terms").slice(1) as [Indicator];
    const chosen = new Map<string, Indicator>([
      ["soil", { ...soil, type: "choice", own: true }],
      ["dock", { ...soil, code: "dock", type: "yes_no", own: true }],
    ]);
    const text = "soil!:passed|none,dock~:yes*2";
    const question = questionOf({}, readWishes(text), chosen, {}, { allowUnknown: false });

    expect(writeWishes(readWishes(text))).toBe(text);
    expect(question.hard).toEqual([{ indicator: "soil", op: "in", value: ["passed", "none"] }]);
    expect(question.soft).toEqual([{ indicator: "dock", ideal: true, weight: 2 }]);
  });

  it("keeps ideal beyond accept when the limit is stricter than all that is on offer", () => {
    expect(ask("power_capacity!120").soft).toEqual([]);
    expect(ask("power_capacity!98").soft).toEqual([{ indicator: "power_capacity", ideal: 100, accept: 98, weight: 1 }]);
  });

  it("stays within the range of the indicator where what is on offer does not", () => {
    const far: Histogram = { edges: [900, 1900], counts: [10], unknown: 0, min: 900, max: 1900, large: undefined };
    const { soft } = questionOf({}, readWishes("power_capacity"), catalogue, { power_capacity: far }, { allowUnknown: false });
    expect(soft).toEqual([{ indicator: "power_capacity", ideal: 1000, accept: 950, weight: 1 }]);
  });

  it("wishes for power at high voltage where everybody has as much of it at some voltage", () => {
    const rich: Histogram = { edges: [34, 35], counts: [9], unknown: 0, min: 34, max: 35, large: { above: 20, counts: [0], unknown: 0 } };
    const soft = (text: string) => questionOf({}, readWishes(text), catalogue, { power_capacity: rich }, { allowUnknown: false }).soft;
    expect(soft("power_capacity~30")).toEqual([{ indicator: "power_capacity", ideal: 30, accept: 20, weight: 1 }]);
    expect(soft("power_capacity~15")).toEqual([]);
  });

  it("asks for at least the land needed, and rather not for three times as much", () => {
    const question = ask("", { mu: 50, investment: 20_000, industry: "384" });
    expect(question.area_mu).toEqual([50, null]);
    expect(question.soft).toEqual([{ indicator: "area_mu", ideal: 50, accept: 150, weight: 1 }]);
    expect(question.project).toEqual({ mu: 50, investment: 20_000 });
  });

  it("says nothing of figures that were not stated", () => {
    expect(ask("")).not.toHaveProperty("project");
    expect(ask("")).not.toHaveProperty("area_mu");
  });
});

describe("who meets a limit of power", () => {
  /** One of two from 20 to 40, and three from 80 on: at high voltage so much can be had; for two it is unknown. */
  const power: Histogram = { ...even, large: { above: 20, counts: [0, 1, 0, 0, 3], unknown: 2 } };

  it("counts everybody up to what any voltage carries", () => {
    expect(meeting(power, "gte", 20)).toEqual({ met: 8, known: 10, unknown: 1 });
    expect(meeting(power, "gte", undefined)).toEqual({ met: 10, known: 10, unknown: 1 });
  });

  it("counts those at high voltage above it, and leaves open where that is unknown", () => {
    expect(meeting(power, "gte", 40)).toEqual({ met: 3, known: 8, unknown: 3 });
    expect(meeting(power, "gte", 90)).toEqual({ met: 2, known: 8, unknown: 3 }); // half of three, rounded
  });

  it("knows no such rule for limits the other way", () => {
    expect(meeting(power, "lte", 40)).toEqual({ met: 4, known: 10, unknown: 1 });
  });
});

describe("a preset", () => {
  it("has five wishes: the price, the profile's, sized by the project, then the usual", () => {
    const wishes = presetWishes([profile("power", "per_100m_cny", 2), profile("tax_per_mu_min", "absolute", 9)], { investment: 50_000 }, catalogue);
    expect(wishes.map(({ indicator: code }) => code)).toEqual(["start_price", "power_capacity", "highway_km", "labour_catchment", "port_km"]);
    expect(wishes[1]).toEqual({ indicator: "power_capacity", value: 10, must: false, weight: 1 });
  });

  it("wishes for the power that the project states", () => {
    const wishes = presetWishes([profile("power", "per_100m_cny", 2)], { investment: 50_000, power_mva: 25.5 }, catalogue);
    expect(wishes[1]).toEqual({ indicator: "power_capacity", value: 25.5, must: false, weight: 1 });
  });

  it("names no amount that no land has: an investment in yuan would ask for a thousand power stations", () => {
    const [, power] = presetWishes([profile("power", "per_100m_cny", 2)], { investment: 500_000_000 }, catalogue);
    expect([power!.indicator, power!.value]).toEqual(["power_capacity", undefined]);
  });

  it("names no amount while the project has no size", () => {
    expect(presetWishes([profile("power", "per_mu", 2)], {}, catalogue)[1]!.value).toBeUndefined();
  });
});

it("a value beyond the range of its indicator is taken for a slip of unit; without a range nothing is", () => {
  expect([-1, 0, 1000, 1000.1].map((value) => isBeyond({ min: 0, max: 1000 }, value))).toEqual([true, false, false, true]);
  expect(isBeyond({ min: null, max: null }, 1e9)).toBe(false);
});

it("figures per mu are null, not 0, while land or amount is not stated", () => {
  expect(perMu({ investment: 100, mu: 50 }).map(({ value }) => value)).toEqual([2, null, null, null, null]);
  expect(perMu({ investment: 100 })[0]!.value).toBeNull();
});

it("an industry of several codes is asked for by what they share", () => {
  expect(commonPrefix(["385", "386"])).toBe("38");
  expect(commonPrefix(["384"])).toBe("384");
  expect(commonPrefix(["13", "27"])).toBe("");
});
