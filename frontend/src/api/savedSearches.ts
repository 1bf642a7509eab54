import { all, ifMatch, page, request } from "./client";
import { anything, flag, nullable, number, object, oneOf, text, type Of } from "./shape";

const search = object({
  id: number,
  name: text,
  requirement: anything,
  address: text,
  active: flag,
  by_app: flag,
  by_mail: flag,
  webhook: text,
  secret: text,
  meets: number,
  told: number,
  created_at: text,
  looked_at: nullable(text),
  mark: text,
});
export type SavedSearch = Of<typeof search>;

const delivery = object({
  id: text,
  state: oneOf("waiting", "delivered", "failed"),
  attempts: number,
  status: nullable(number),
  problem: text,
  created_at: text,
  tried_at: nullable(text),
});
export type Delivery = Of<typeof delivery>;

export type SearchChange = Partial<Pick<SavedSearch, "name" | "requirement" | "address" | "active" | "by_app" | "by_mail" | "webhook">>;

export const fetchSearches = (signal?: AbortSignal): Promise<SavedSearch[]> => all("saved-searches/", search, { signal });

export const saveSearch = (given: SearchChange): Promise<SavedSearch> => request("saved-searches/", search, { method: "POST", body: given });

export const changeSearch = ({ id, mark }: SavedSearch, change: SearchChange): Promise<SavedSearch> =>
  request(`saved-searches/${id}/`, search, { method: "PATCH", body: change, headers: ifMatch(mark) });

export const dropSearch = ({ id, mark }: SavedSearch): Promise<unknown> =>
  request(`saved-searches/${id}/`, anything, { method: "DELETE", headers: ifMatch(mark) });

export const fetchDeliveries = async (id: number, signal?: AbortSignal): Promise<Delivery[]> =>
  (await page(`saved-searches/${id}/deliveries/`, delivery, { signal, query: { limit: 20 } })).results;

export const tryWebhook = (id: number): Promise<Delivery> => request(`saved-searches/${id}/trial/`, delivery, { method: "POST" });
