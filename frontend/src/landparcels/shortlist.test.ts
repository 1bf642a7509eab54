import { expect, it } from "vitest";
import type { Comparison } from "@/api/comparison";
import type { Histogram, Indicator } from "@/api/indicators";
import { inLines, letter, radarOf, standing, tidy, toggled } from "./shortlist";

const indicator = (code: string, bound: Indicator["bound"]) => ({ code, bound }) as Indicator;
const histogram = (min: number, max: number): Histogram => ({ edges: [min, max], counts: [1], unknown: 0, min, max, large: undefined });
const parcel = (code: string, indicators: Record<string, number | null>): Comparison["results"][number] => ({
  code, name: "", region: null, status: "published", area_mu: 1, lng: 0, lat: 0, synthetic: false, expired: [], indicators, values: indicators,
});

it("a parcel goes in and out, a seventh is not taken", () => {
  expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  expect(toggled([..."abcdef"], "g")).toEqual([..."abcdef"]);
});

it("an address holds each parcel once and six at most", () => {
  expect(tidy([..."aabcdefgh"])).toEqual([..."abcdef"]);
  expect([0, 5].map(letter)).toEqual(["A", "F"]);
});

it("outward is better whichever way the numbers run", () => {
  expect(standing(10, { bound: "lower_better" }, histogram(0, 40))).toBe(0.75);
  expect(standing(10, { bound: "higher_better" }, histogram(0, 40))).toBe(0.25);
  expect(standing(50, { bound: "higher_better" }, histogram(0, 40))).toBe(1);
  expect(standing(1, { bound: "lower_better" }, histogram(1, 1))).toBeNull();
});

const catalogue = new Map([..."pqrs"].map((code) => [code, indicator(code, "lower_better")]));
const histograms = Object.fromEntries([..."pqrs"].map((code) => [code, histogram(0, 10)]));
const marks = Object.fromEntries([..."pqrs"].map((code) => [code, { neutral: false, best: ["A"], worst: ["B"] }]));

it("axes are what the wishes name; an unknown is said, never drawn as the centre", () => {
  const results = [parcel("A", { p: 1, q: 2, r: 3, s: null }), parcel("B", { p: 5, q: 5, r: 5, s: 5 })];
  const radar = radarOf({ results, marks }, [..."spqr"].map((code) => ({ indicator: code })), catalogue, histograms);
  expect(radar.axes.map((axis) => axis.indicator)).toEqual(["p", "q", "r"]);
  expect(radar.axes[0]!.standings).toEqual([0.9, 0.5]);
  expect(radar.unknown).toEqual(["s"]);
});

it("what differs fills up where too little is wished; fewer than three axes are no radar", () => {
  const results = [parcel("A", { p: 1, q: 2, r: 3, s: 4 }), parcel("B", { p: 5, q: 5, r: 5, s: 5 })];
  expect(radarOf({ results, marks }, [], catalogue, histograms).axes).toHaveLength(4);
  const bare = [parcel("A", { p: 1, q: 2, r: null, s: null }), parcel("B", { p: 5, q: 5, r: 5, s: 5 })];
  expect(radarOf({ results: bare, marks }, [], catalogue, histograms).axes).toEqual([]);
});

it("a long name stands in short lines", () => {
  expect(inLines("Industrial electricity price", 12)).toBe("Industrial\nelectricity\nprice");
  expect(inLines("可接入电力容量", 10)).toBe("可接入电力\n容量");
  expect(inLines("Tenure", 12)).toBe("Tenure");
});
