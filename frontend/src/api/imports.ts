import { all, request } from "./client";
import { anything, flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

const words = object({ zh: text, en: text });
export type Words = Of<typeof words>;

const column = object({ name: text, name_zh: text, type: text, required: flag, unit: nullable(text) });
const kind = object({
  name: text,
  name_zh: text,
  name_en: text,
  key: list(text),
  geometry: nullable(oneOf("point", "line", "polygon")),
  columns: list(column),
});
export type Kind = Of<typeof kind>;

const preview = object({
  header: list(text),
  total: nullable(number),
  crs: nullable(text),
  needs_crs: flag,
  given: list(text),
  missing: list(text),
  unknown: list(object({ header: text, nearest: nullable(text) })),
  notes: list(words),
  rows: list(record(anything)),
  faults: list(object({ row: number, column: text, value: text, zh: text, en: text })),
  places: nullable(anything),
});
export type Preview = Of<typeof preview>;

const report = object({
  read: optional(number),
  inserted: optional(number),
  updated: optional(number),
  rejected: optional(number),
  seconds: optional(number),
  notes: optional(list(words)),
  remarks: optional(list(object({ row: number, column: text, zh: text, en: text }))),
  repairs: optional(list(object({ zh: text, en: text, count: number }))),
  error: optional(words),
});
const job = object({
  id: number,
  kind: text,
  file_name: text,
  state: oneOf("queued", "running", "done", "failed", "cancelled"),
  cancel_asked: flag,
  done: number,
  total: nullable(number),
  report,
  source: nullable(number),
  asked_by: text,
  asked_at: text,
  started_at: nullable(text),
  ended_at: nullable(text),
  following: nullable(words),
});
export type Job = Of<typeof job>;

const source = object({
  id: number,
  name: text,
  kind: text,
  owner: text,
  as_of: nullable(text),
  crs: text,
  synthetic: flag,
  rows: number,
  rejected: number,
  loaded_by: nullable(text),
  loaded_at: text,
});
export type Source = Of<typeof source>;

/** How a file is to be read: names of columns theirs → ours, one value for a whole column, the coordinate system. */
export interface ImportOptions {
  crs?: string;
  encoding?: string;
  map: Record<string, string>;
  set: Record<string, string>;
  strict: boolean;
  source_name?: string;
  owner?: string;
  as_of?: string;
}

function form(kindName: string, file: File, options: ImportOptions): FormData {
  const body = new FormData();
  body.set("kind", kindName);
  body.set("file", file);
  body.set("options", JSON.stringify(options));
  return body;
}

export const fetchKinds = async (signal: AbortSignal): Promise<Kind[]> =>
  (await request("imports/kinds/", object({ results: list(kind) }), { signal })).results;

export const fetchSources = (signal: AbortSignal): Promise<Source[]> =>
  all("sources/", source, { signal, query: { sort: "-loaded_at" } });

export const fetchJobs = async (signal: AbortSignal): Promise<Job[]> =>
  (await request("imports/", object({ results: list(job) }), { signal })).results;

/** Asked now and then while it runs. */
export const fetchJob = (id: number): Promise<Job> => request(`imports/${id}/`, job, { background: true });

export const previewImport = (name: string, file: File, options: ImportOptions, signal?: AbortSignal): Promise<Preview> =>
  request("imports/preview/", preview, { method: "POST", body: form(name, file, options), signal });

export const startImport = (name: string, file: File, options: ImportOptions): Promise<Job> =>
  request("imports/", job, { method: "POST", body: form(name, file, options) });

export const cancelImport = (id: number): Promise<Job> => request(`imports/${id}/cancel/`, job, { method: "POST" });
