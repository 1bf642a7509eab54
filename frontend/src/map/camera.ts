/** Where the map looks, as it stands in the address: "120.3826,36.0671,9.50". */
export interface Camera {
  center: [number, number];
  zoom: number;
}

export function readCamera(text: string | undefined): Camera | undefined {
  const [lng, lat, zoom] = (text ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (lng === undefined || lat === undefined || zoom === undefined) return undefined;
  const sane = Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24; // false for NaN, too
  return sane ? { center: [lng, lat], zoom } : undefined;
}

export function writeCamera({ center: [lng, lat], zoom }: Camera): string {
  // About a tenth of a pixel at the zoom shown.
  const places = Math.min(6, Math.max(2, Math.ceil(zoom / 3)));
  return `${lng.toFixed(places)},${lat.toFixed(places)},${zoom.toFixed(2)}`;
}
