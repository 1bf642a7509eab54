import { describe, expect, it } from "vitest";
import { readCamera, writeCamera } from "./camera";

describe("the camera in the address", () => {
  it("comes back as it was written", () => {
    const text = writeCamera({ center: [120.382612, 36.067108], zoom: 12.345 });
    expect(text).toBe("120.38261,36.06711,12.35");
    expect(readCamera(text)).toEqual({ center: [120.38261, 36.06711], zoom: 12.35 });
  });

  it("ignores what is no place", () => {
    expect(readCamera(undefined)).toBeUndefined();
    expect(readCamera("")).toBeUndefined();
    expect(readCamera("a,b,c")).toBeUndefined();
    expect(readCamera("36,120,9")).toBeUndefined();
    expect(readCamera("120,36")).toBeUndefined();
  });
});
