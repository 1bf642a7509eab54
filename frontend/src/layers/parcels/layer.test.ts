import { describe, expect, it } from "vitest";
import { dark, light } from "@/map/theme";
import { parcelLayers } from "./layer";
import { scoreClass } from "./legend";

describe("parcels on the map", () => {
  it("are hexagons below zoom 10 by status, and only outlines by score", () => {
    const ids = (colour: Parameters<typeof parcelLayers>[2]) => parcelLayers("parcels", light, colour, 1).map(({ id }) => id);
    expect(ids({ by: "status" })).toContain("parcels-bins");
    expect(ids({ by: "score", scores: new Map() })).not.toContain("parcels-bins");
  });

  it("have the same layers on both grounds", () => {
    const ids = [light, dark].map((theme) => parcelLayers("parcels", theme, { by: "status" }, 2).map(({ id }) => id));
    expect(ids[0]).toEqual(ids[1]);
  });

  it("are pale where the match left them out", () => {
    const [fill] = parcelLayers("parcels", light, { by: "score", scores: new Map([["A", "#009e73"]]) }, 1);
    expect((fill!.paint as Record<string, unknown>)["fill-color"]).toEqual(["match", ["get", "code"], "A", "#009e73", "#C5CBD1"]);
  });

  it("fall into the class whose lower break they reach", () => {
    expect([39.9, 40, 90, 100].map(scoreClass)).toEqual([0, 1, 5, 5]);
  });
});
