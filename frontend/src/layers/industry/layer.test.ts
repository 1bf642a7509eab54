import { describe, expect, it } from "vitest";
import type { District } from "@/api/industries";
import { dark, light } from "@/map/theme";
import { clusterLayers, hatchImage, quotientColours, quotientLayers } from "./layer";
import { classLegend, quotientLegend } from "./legend";

const breaks = [0.5, 1.5];
const district = (adcode: string, quotient: number | null): District => ({
  adcode, name: adcode, firms: 1, size: 1, share: 0.1, quotient, specialised: false,
});

describe("districts by location quotient", () => {
  const districts = [district("1", 0.2), district("2", 1.5), district("3", null)];

  it("take the colour of the class whose lower break they reach", () => {
    const [fill] = quotientLayers("regions", districts, breaks, light, 1);
    const [low, , high] = quotientColours(breaks);
    expect((fill!.paint as Record<string, unknown>)["fill-color"]).toEqual(["match", ["get", "adcode"], "1", low, "2", high, "rgba(0,0,0,0)"]);
  });

  it("are hatched where the quotient is unknown, and never coloured as 0", () => {
    const [fill, unknown] = quotientLayers("regions", districts, breaks, light, 1);
    expect(JSON.stringify((unknown as { filter: unknown }).filter)).toContain('["3"]');
    expect(JSON.stringify((fill as { filter: unknown }).filter)).not.toContain('"3"');
  });

  it("have the same layers on both grounds and without any district", () => {
    const ids = [light, dark].map((theme) => quotientLayers("regions", [], breaks, theme, 2).map(({ id }) => id));
    expect(ids[0]).toEqual(ids[1]);
  });
});

describe("clusters", () => {
  it("are filled only where the pointer is, and nowhere without one", () => {
    const condition = (pointed: number | null) => (clusterLayers("clusters", light, 1, pointed)[0]!.paint as Record<string, unknown>)["fill-opacity"];
    expect(condition(2)).toEqual(["case", ["==", ["get", "at"], 2], 0.25, 0.04]);
    expect(condition(null)).toEqual(["case", ["==", ["get", "at"], -1], 0.25, 0.04]);
  });
});

describe("legends", () => {
  it("say every break once", () => {
    expect(classLegend(["#000000", "#111111", "#222222"], breaks, String).map(({ label }) => label)).toEqual(["< 0.5", "0.5 – 1.5", "≥ 1.5"]);
    expect(classLegend(["#000000"], [], String)[0]!.label).toBe("≥ 0");
  });

  it("name what has no data", () => {
    expect(quotientLegend(breaks, (key) => key).at(-1)).toEqual({ label: "frame.noData", hatched: true });
  });

  it("draw the hatching without a gap at its edge", () => {
    const { width, data } = hatchImage();
    const alpha = (x: number, y: number) => data[((y % width) * width + (x % width)) * 4 + 3];
    expect([0, 1, 2].map((x) => alpha(x + width, 0))).toEqual([0, 1, 2].map((x) => alpha(x, width)));
  });
});
