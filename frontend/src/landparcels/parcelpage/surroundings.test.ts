import { describe, expect, it } from "vitest";
import type { Parcel } from "@/api/parcels";
import { nearBox, neighboursOf } from "./surroundings";

const near = { value: 2, distance: "straight_line", facility: { name: "医院", lng: 120.32, lat: 36.2 } };
const parcel = {
  outline: { type: "Polygon", coordinates: [[[120.3, 36.2], [120.301, 36.2], [120.301, 36.201], [120.3, 36.2]]] },
  indicators: {
    airport_km: { value: 60, distance: "network", facility: { name: "机场", lng: 120.9, lat: 36.6, approximate: true } },
    hospital_km: near,
    metro_km: { value: 1, distance: "straight_line" },
    school_km: { ...near, value: null },
  },
} as unknown as Parcel;

describe("what stands around a parcel", () => {
  it("is what has a place and a distance, nearest first", () => {
    expect(neighboursOf(parcel).map(({ name, km, distance }) => [name, km, distance])).toEqual([["医院", 2, "straight_line"], ["机场", 60, "network"]]);
  });

  it("says the way by road beside the straight line, where roads lead there", () => {
    const byRoad = { ...parcel, indicators: { hospital_km: { ...near, facility: { ...near.facility, road_km: 3.4 } }, airport_km: parcel.indicators.airport_km } } as unknown as Parcel;
    expect(neighboursOf(byRoad).map(({ roadKm }) => roadKm)).toEqual([3.4, undefined]);
  });

  it("leaves far places out of the first view", () => {
    const [west, , east] = nearBox(parcel, neighboursOf(parcel))!;
    expect(west).toBeLessThan(120.3);
    expect(east).toBeGreaterThan(120.32);
    expect(east).toBeLessThan(120.4);
  });
});
