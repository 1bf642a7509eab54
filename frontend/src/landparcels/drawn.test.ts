import { describe, expect, it } from "vitest";
import { crossesItself, polygonOf, readArea, readPlace, writeArea, writePlace, type Corner } from "./drawn";

const triangle: Corner[] = [[120.1, 36], [120.4, 36], [120.3, 36.4]];

describe("an area in the address", () => {
  it("comes back as it was written, to ten metres", () => {
    expect(writeArea(triangle)).toBe("120.1_36_120.4_36_120.3_36.4");
    expect(readArea(writeArea(triangle))).toEqual(triangle);
    expect(writeArea([[120.123456, 36.000049]])).toBe("120.1235_36");
  });

  it("is none with two corners, odd numbers, words or beyond the globe", () => {
    for (const text of ["", "1_2_3_4", "1_2_3_4_5", "1_2_3_4_5_x", "1_2_3_4_5_600", "1__3_4_5_6"]) expect(readArea(text)).toBeUndefined();
  });

  it("is closed for the server", () => {
    expect(polygonOf(triangle).coordinates[0]).toEqual([...triangle, triangle[0]]);
  });

  it("is refused where its edge crosses itself", () => {
    expect(crossesItself(triangle)).toBe(false);
    expect(crossesItself([[0, 0], [1, 0], [1, 1], [0, 1]])).toBe(false);
    expect(crossesItself([[0, 0], [1, 1], [1, 0], [0, 1]])).toBe(true);
  });
});

describe("a place in the address", () => {
  it("keeps its name", () => {
    expect(readPlace(writePlace({ at: [120.38, 36.07], name: "青岛港_前湾" }))).toEqual({ at: [120.38, 36.07], name: "青岛港_前湾" });
    expect(readPlace("120.38_36.07")).toEqual({ at: [120.38, 36.07] });
  });

  it("is none without two numbers", () => {
    for (const text of ["", "120.38", "x_y", "36_120"]) expect(readPlace(text)).toBeUndefined();
  });
});
