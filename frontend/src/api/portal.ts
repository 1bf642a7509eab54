import { request } from "./client";
import { list, nullable, number, object, oneOf, optional, text, type Of } from "./shape";

const portal = object({
  parcels: object({ count: number, area_mu: number }),
  chains: object({ count: number, missing_links: number }),
  ground: object({ facilities: number }),
  projects: optional(object({ looking: number })),
  industries: list(object({ code: text, name_zh: text, name_en: text })),
});
export type Portal = Of<typeof portal>;

export const fetchPortal = (signal?: AbortSignal): Promise<Portal> => request("portal/", portal, { signal });

const found = object({
  kind: oneOf("place", "enterprise", "parcel", "chain", "industry"),
  code: text,
  name: text,
  lng: nullable(number),
  lat: nullable(number),
});
export type Found = Of<typeof found>;

export const search = async (words: string, signal?: AbortSignal): Promise<Found[]> =>
  (await request("search/", object({ results: list(found) }), { query: { q: words }, signal })).results;
