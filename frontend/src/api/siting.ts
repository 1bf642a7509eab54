import { all, request } from "./client";
import { flag, list, nullable, number, object, oneOf, optional, record, text, type Of } from "./shape";

/** Any columns of a project; with a `code` the rest comes from the loaded project of that code. */
export type ProjectNeeds = Partial<Record<AmountName, number>> & { code?: string; node?: string; hazard?: string };

export const amountNames = ["investment", "land_mu", "jobs", "power_mva", "water_m3d", "gas_m3h", "sewage_m3d", "steam_th"] as const;
export type AmountName = (typeof amountNames)[number];

const project = object({
  code: text,
  name: text,
  node: text,
  investment: nullable(number),
  land_mu: nullable(number),
  jobs: nullable(number),
  power_mva: nullable(number),
  water_m3d: nullable(number),
  gas_m3h: nullable(number),
  sewage_m3d: nullable(number),
  steam_th: nullable(number),
  hazard: nullable(text),
  status: oneOf("planned", "committed"),
  committed_on: nullable(text),
  lng: nullable(number),
  lat: nullable(number),
});
export type Project = Of<typeof project>;

const resource = object({
  resource: text,
  kind: oneOf("capacity", "access", "agglomeration", "balance", "ratio"),
  name_zh: text,
  name_en: text,
  unit: text,
  weight: number,
});
export type Resource = Of<typeof resource>;

const station = object({
  name: text,
  km: number,
  approximate: flag,
  residual: optional(number),
  amount: optional(number),
  amount_is: optional(text),
  as_of: optional(text),
  voltage_kv: optional(number),
  draws: optional(list(object({ project: text, amount: number, already_in_figure: flag }))),
  draws_more: optional(number),
});
export type Station = Of<typeof station>;

const judged = object({
  kind: oneOf("capacity", "access", "agglomeration", "balance", "ratio"),
  name: text,
  fit: nullable(number),
  weight: number,
  unit: text,
  demand: optional(number),
  accessible: optional(number),
  reach_km: optional(number),
  total: optional(number),
  largest: optional(station),
  stations_in_reach: optional(number),
  stations_unknown: optional(number),
  unserved: optional(number),
  km: optional(number),
  ideal_km: optional(number),
  limit_km: optional(number),
  ratio: optional(number),
  jobs: optional(number),
  workers: optional(number),
  percentile: optional(number),
  nearest: optional(list(station)),
});
export type Judged = Of<typeof judged>;

const leftOut = list(object({ resource: text, name: text, reason: text }));
const place = {
  composite: nullable(number),
  composite_if_allowed: nullable(number),
  bottleneck: nullable(text),
  excluded: list(object({ kind: text, detail: text })),
  resources: record(judged),
  stability: nullable(number),
};
const site = object({ ...place, cell: text, warnings: list(object({ code: text, detail: text })), left_out: leftOut, distance: text });
export type Site = Of<typeof site>;

const candidate = object({ ...place, code: text, name: text, area_mu: number, rank: nullable(number) });
const candidates = object({ results: list(candidate), left_out: leftOut });
export type Candidate = Of<typeof candidate>;

const field = object({
  cells: list(text),
  values: list(nullable(number)),
  resolution: number,
  excluded: number,
  unknown: number,
  left_out: leftOut,
  unserved: record(number),
});
export type Field = Of<typeof field>;

export type Weights = Record<string, number>;

const fit = <T>(shape: (value: unknown, where: string) => T, body: object, signal?: AbortSignal): Promise<T> =>
  request("siting/fit/", shape, { method: "POST", body, signal });

export const fetchProjects = (signal: AbortSignal): Promise<Project[]> => all("projects/", project, { signal });

export const fetchResources = async (signal: AbortSignal): Promise<Resource[]> =>
  (await request("siting/resources/", object({ results: list(resource) }), { signal })).results;

export const fitSite = (needs: ProjectNeeds, weights: Weights, at: [number, number], signal: AbortSignal): Promise<Site> =>
  fit(site, { project: needs, weights, at }, signal);

export const fitField = (needs: ProjectNeeds, weights: Weights, resolution: number, signal: AbortSignal): Promise<Field> =>
  fit(field, { project: needs, weights, field: true, resolution }, signal);

export const fitParcels = (needs: ProjectNeeds, weights: Weights, parcels: string[], signal: AbortSignal): Promise<Candidate[]> =>
  fit(candidates, { project: needs, weights, parcels }, signal).then(({ results }) => results);

const offered = object({ code: text, lng: number, lat: number });
export type Offered = Of<typeof offered>;

/** Parcels on offer that are large enough, to be judged for the project. */
export const fetchOffered = (least: number | undefined, signal: AbortSignal): Promise<Offered[]> =>
  all("parcels/", offered, { signal, query: { status: "published", area_mu__gte: least } }, 2000);
