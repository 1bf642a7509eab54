/** west, south, east, north in degrees, everywhere. */
export type Bbox = [west: number, south: number, east: number, north: number];

export function bboxOf(points: readonly (readonly [number, number])[]): Bbox | null {
  if (points.length === 0) return null;
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of points) {
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

export function isBbox(value: readonly number[] | null | undefined): value is Bbox {
  return !!value && value.length === 4 && value.every(Number.isFinite) && value[0]! < value[2]! && value[1]! < value[3]!;
}

/** Grown on each side by a share of its size. */
export function grown([west, south, east, north]: Bbox, share: number): Bbox {
  const x = (east - west) * share;
  const y = (north - south) * share;
  return [west - x, south - y, east + x, north + y];
}
