import type { Parcel } from "@/api/parcels";
import { bboxOf, grown, type Bbox } from "@/geo/bbox";

/** What stands nearest of its kind, as far as this reader may know which one it is. */
export interface Neighbour {
  indicator: string;
  name: string;
  name_en?: string;
  lng: number;
  lat: number;
  km: number;
  /** the way by road, where roads lead there */
  roadKm?: number;
  /** straight_line, or network for the way by road */
  distance: string;
  approximate: boolean;
}

/** Nearest first. */
export function neighboursOf(parcel: Parcel): Neighbour[] {
  const found: Neighbour[] = [];
  for (const [indicator, { value, facility, distance }] of Object.entries(parcel.indicators)) {
    if (typeof value !== "number" || facility?.lng === undefined || facility.lat === undefined) continue;
    const { name, name_en, lng, lat, approximate, road_km: roadKm } = facility;
    found.push({ indicator, name, name_en, lng, lat, km: value, roadKm, distance: distance ?? "straight_line", approximate: approximate ?? false });
  }
  return found.sort((a, b) => a.km - b.km);
}

export const cornersOf = ({ outline }: Parcel): [number, number][] =>
  (outline.coordinates as unknown[]).flat(outline.type === "Polygon" ? 1 : 2) as [number, number][];

/** The parcel and what is no farther than `km`; places beyond would make it a dot. */
export function nearBox(parcel: Parcel, neighbours: readonly Neighbour[], km = 12): Bbox | null {
  const near = neighbours.filter((one) => one.km <= km).map(({ lng, lat }) => [lng, lat] as [number, number]);
  const box = bboxOf([...cornersOf(parcel), ...near]);
  return box && grown(box, near.length ? 0.12 : 1.5);
}
