import { expect, it } from "vitest";
import { light } from "@/map/theme";
import { colourOf, facilityLayers } from "./layer";
import { groupNames, groups } from "./metadata";

it("gives every category of a group a colour of its own", () => {
  for (const group of groupNames) {
    const colours = groups[group].map((category) => colourOf(group, category));
    expect(new Set(colours).size).toBe(colours.length);
  }
});

it("draws points below their names", () => {
  expect(facilityLayers("facilities", "transport", light, 1).map(({ id }) => id)).toEqual(["facilities-points", "facilities-names"]);
});
