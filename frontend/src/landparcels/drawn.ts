import type { Polygon } from "@/api/parcels";

/** An area drawn on the map and a place put on it, as they stand in the address. Pure. */

export type Corner = [lng: number, lat: number];

/** Ten metres are enough for a line drawn by hand. */
const PLACES = 4;
/** A link has to stay one. */
export const MOST_CORNERS = 60;

const inside = ([lng, lat]: number[]): boolean => Math.abs(lng!) <= 180 && Math.abs(lat!) <= 90;

function numbers(text: string): number[] | null {
  const parts = text.split("_").map((part) => (part === "" ? Number.NaN : Number(part)));
  return parts.every(Number.isFinite) ? parts : null;
}

const written = (value: number): string => String(Number(value.toFixed(PLACES)));

/** "120.1_36_120.4_36_120.3_36.4": the corners one after the other, the last joined to the first. */
export function readArea(text: string): Corner[] | undefined {
  const parts = numbers(text);
  if (!parts || parts.length < 6 || parts.length % 2 || parts.length > 2 * MOST_CORNERS) return undefined;
  const corners = Array.from({ length: parts.length / 2 }, (_, k): Corner => [parts[2 * k]!, parts[2 * k + 1]!]);
  return corners.every(inside) ? corners : undefined;
}

export const writeArea = (corners: readonly Corner[]): string => corners.flatMap((corner) => corner.map(written)).join("_");

export const polygonOf = (corners: readonly Corner[]): Polygon => ({ type: "Polygon", coordinates: [[...corners, corners[0]!]] });

/** "120.38_36.07", and behind it what the place is called, if it is called something. */
export interface Place {
  at: Corner;
  name?: string;
}

export function readPlace(text: string): Place | undefined {
  const [lng, lat, ...name] = text.split("_");
  const at = numbers(`${lng ?? ""}_${lat ?? ""}`);
  if (!at || !inside(at)) return undefined;
  return { at: at as Corner, ...(name.length ? { name: name.join("_") } : {}) };
}

export const writePlace = ({ at, name }: Place): string => `${at.map(written).join("_")}${name ? `_${name}` : ""}`;

/** Whether the edge of a closed area crosses itself: then it has no inside that could be meant. */
export function crossesItself(corners: readonly Corner[]): boolean {
  const edges = corners.map((corner, k) => [corner, corners[(k + 1) % corners.length]!] as const);
  return edges.some(([a, b], i) =>
    edges.some(([c, d], j) => j > i + 1 && !(i === 0 && j === edges.length - 1) && crossing(a, b, c, d)),
  );
}

const side = (a: Corner, b: Corner, c: Corner): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
const crossing = (a: Corner, b: Corner, c: Corner, d: Corner): boolean => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
