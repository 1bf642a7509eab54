import { request, type Query } from "./client";
import { flag, list, nullable, number, object, optional, text, type Of } from "./shape";

const layer = object({
  code: text,
  name: text,
  name_en: text,
  unit: text,
  aggregate: text,
  subject: text,
  public: flag,
  periods: list(text),
  source_name: optional(text),
  as_of: nullable(text),
  synthetic: flag,
});
export type GridLayer = Of<typeof layer>;

const cells = object({
  cells: list(text),
  values: list(nullable(number)),
  suppressed: number,
  resolution: number,
  period: nullable(text),
  unit: text,
});
export type Cells = Of<typeof cells>;

export const fetchGridLayers = async (signal: AbortSignal): Promise<GridLayer[]> =>
  (await request("grid/layers/", object({ results: list(layer) }), { signal })).results;

export const fetchCells = (code: string, query: Query, signal: AbortSignal): Promise<Cells> =>
  request(`grid/layers/${code}/cells/`, cells, { query, signal });
