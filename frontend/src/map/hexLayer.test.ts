import { gridDisk, latLngToCell } from "h3-js";
import { describe, expect, it } from "vitest";
import { NO_DATA } from "./classes";
import { colourRow, meshOf } from "./hexLayer";

describe("the mesh of cells", () => {
  const cells = gridDisk(latLngToCell(36.07, 120.38, 9), 1);
  const mesh = meshOf(cells);

  it("has six corners and four triangles for each hexagon", () => {
    expect(mesh.owner.length).toBe(7 * 6);
    expect(mesh.triangles.length).toBe(7 * 4 * 3);
  });

  it("lets neighbours share corners to a centimetre", () => {
    const keys = new Set<string>();
    // Half a centimetre of a circumference of 40,075 km
    for (let k = 0; k < mesh.places.length; k += 2) keys.add(`${Math.round(mesh.places[k]! * 4e9)},${Math.round(mesh.places[k + 1]! * 4e9)}`);
    expect(keys.size).toBe(24); // a disc of seven hexagons has 24 different corners
  });

  it("counts from a corner of its own", () => {
    expect(mesh.origin[0]).toBeCloseTo((120.38 + 180) / 360, 4);
    expect(Math.max(...mesh.places.map(Math.abs))).toBeLessThan(1e-4);
  });
});

it("colours have a place for no data and leave the rest clear", () => {
  const row = colourRow(["#ff0000"]);
  expect([...row.slice(0, 4)]).toEqual([255, 0, 0, 255]);
  expect(row[NO_DATA * 4 + 3]).toBe(255);
  expect(row[100 * 4 + 3]).toBe(0);
});
