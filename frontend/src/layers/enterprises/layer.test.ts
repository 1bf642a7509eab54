import { describe, expect, it } from "vitest";
import { dark, light } from "@/map/theme";
import { countBreaks, enterpriseLayers } from "./layer";
import { countLegend } from "./legend";

describe("firms on the map", () => {
  it("are hexagons from afar unless another field is shown", () => {
    const ids = (bins: boolean) => enterpriseLayers("firms", light, 1, { bins }).map(({ id }) => id);
    expect(ids(true)).toContain("enterprises-bins");
    expect(ids(false)).toEqual(["enterprises-points", "enterprises-names"]);
  });

  it("have the same layers on both grounds", () => {
    const ids = [light, dark].map((theme) => enterpriseLayers("firms", theme, 2).map(({ id }) => id));
    expect(ids[0]).toEqual(ids[1]);
  });

  it("grow with the type of the page", () => {
    const radius = (scale: number) => JSON.stringify((enterpriseLayers("firms", light, scale)[1]!.paint as Record<string, unknown>)["circle-radius"]);
    expect(radius(1)).toContain('"large",7');
    expect(radius(2)).toContain('"large",14');
  });

  it("are counted in classes that leave no number out", () => {
    expect(countLegend().map(({ label }) => label)).toEqual(["1", "2 – 4", "5 – 9", "10 – 29", "30 – 99", "100 – 299", "≥ 300"]);
    expect(countLegend()).toHaveLength(countBreaks.length + 1);
  });
});
