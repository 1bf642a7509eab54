import { describe, expect, it } from "vitest";
import { basemap, slotId } from "./basemap";
import { dark, light } from "./theme";

describe("basemap", () => {
  const style = basemap(light, "zh-CN", 1);
  const ids = style.layers.map(({ id }) => id);

  it("asks no other server for anything, glyphs and sprites included", () => {
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    for (const source of Object.values(style.sources)) {
      for (const address of "tiles" in source ? (source.tiles ?? []) : []) expect(new URL(address).origin).toBe(location.origin);
    }
  });

  it("puts fields under roads and everything under the labels", () => {
    expect(ids.indexOf(slotId("fields"))).toBeLessThan(ids.indexOf("roads-major"));
    expect(ids.indexOf(slotId("shapes"))).toBeGreaterThan(ids.indexOf("roads-major"));
    expect(ids.indexOf(slotId("points"))).toBeLessThan(ids.indexOf("labels-districts"));
  });

  it("keeps the layers when the theme or the language changes, so that only paint has to", () => {
    expect(basemap(dark, "en", 2).layers.map(({ id }) => id)).toEqual(ids);
  });
});
