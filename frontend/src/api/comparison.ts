import { request } from "./client";
import { download } from "./download";
import { flag, list, nullable, number, object, record, text, type Of } from "./shape";
import { anyValue, numbersOf, type Value } from "./values";

const compared = object({
  code: text,
  name: text,
  region: nullable(text),
  status: text,
  area_mu: number,
  lng: number,
  lat: number,
  synthetic: flag,
  indicators: record(anyValue),
  expired: list(text),
});
/** `indicators` are the numbers, for whoever reckons with them; `values` are all. */
export type ComparedParcel = Omit<Of<typeof compared>, "indicators"> & {
  indicators: Record<string, number | null>;
  values: Record<string, Value | null>;
};

/** Codes of the best and the worst; a threshold (`neutral`) has neither, and an unknown is neither. */
const marks = object({ neutral: flag, best: list(text), worst: list(text) });
export type Marks = Of<typeof marks>;

const comparison = object({ results: list(compared), marks: record(marks) });
export interface Comparison {
  results: ComparedParcel[];
  marks: Record<string, Marks>;
}

export async function fetchComparison(codes: readonly string[], signal?: AbortSignal): Promise<Comparison> {
  const answer = await request("parcels/compare/", comparison, { query: { codes }, signal });
  return { ...answer, results: answer.results.map((one) => ({ ...one, values: one.indicators, indicators: numbersOf(one.indicators) })) };
}

/** What one can take away: a format, and where it matters in which coordinates or which encoding. */
export const exportWays = [
  { name: "xlsx", format: "xlsx" },
  { name: "csv", format: "csv" },
  { name: "geojson", format: "geojson" },
  { name: "gpkg", format: "gpkg" },
  { name: "gpkgZone", format: "gpkg", crs: "gk" },
  { name: "shp", format: "shp" },
  { name: "shpZone", format: "shp", crs: "gk" },
  { name: "shpGbk", format: "shp", encoding: "GBK" },
] as const;
export type ExportWay = (typeof exportWays)[number];

/** The parcels as a file. */
export function downloadParcels(way: ExportWay, codes: readonly string[]): Promise<void> {
  const { format } = way;
  const further = { crs: "crs" in way ? way.crs : undefined, encoding: "encoding" in way ? way.encoding : undefined };
  return download("parcels/export/", `parcels.${format}`, { query: { format, ...further, code: codes } });
}
