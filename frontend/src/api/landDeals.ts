import { request, type Query } from "./client";
import { flag, list, nullable, number, object, text, type Of } from "./shape";

const deal = object({
  code: text,
  region: text,
  region_name: text,
  region_name_en: text,
  address: text,
  land_use: text,
  industry: text,
  signed_on: text,
  area_mu: nullable(number),
  price: nullable(number),
  price_per_mu: nullable(number),
  synthetic: flag,
});
export type LandDeal = Of<typeof deal>;

const year = object({
  year: number,
  deals: number,
  mu: nullable(number),
  priced: number,
  low: nullable(number),
  median: nullable(number),
  high: nullable(number),
});
export type DealYear = Of<typeof year>;

/** Of the nearest region above that has deals: they stand at districts. */
const asked = (around: string, landUse: string): Query => ({ around, land_use: landUse });

/** What was paid for land of a use around here, the newest first. */
export const fetchDeals = async (around: string, landUse: string, signal?: AbortSignal): Promise<LandDeal[]> =>
  (await request("land-deals/", object({ results: list(deal) }), { query: { ...asked(around, landUse), limit: 6 }, signal })).results;

/** The same by year, with quartiles of the price per mu. */
export const fetchDealYears = async (around: string, landUse: string, signal?: AbortSignal): Promise<DealYear[]> =>
  (await request("land-deals/summary/", object({ years: list(year) }), { query: asked(around, landUse), signal })).years;
