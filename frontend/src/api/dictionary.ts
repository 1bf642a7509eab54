import { request } from "./client";
import { flag, list, nullable, number, object, oneOf, text, type Of } from "./shape";

const choice = object({ code: text, zh: text, en: text });
const entry = object({
  code: text,
  name_zh: text,
  name_en: text,
  group: oneOf("admission", "terms", "energy", "policy", "services"),
  type: oneOf("number", "choice", "choices", "yes_no"),
  unit: text,
  bound: oneOf("at_least", "at_most", "higher_better", "lower_better", "neutral"),
  low: nullable(number),
  high: nullable(number),
  choices: list(choice),
  department_zh: text,
  department_en: text,
  legal_basis_zh: text,
  legal_basis_en: text,
  note_zh: text,
  note_en: text,
  position: number,
  public: flag,
  mark: text,
  values: number,
});
/** An indicator that the city declared for itself; `mark` tells one state of it from another. */
export type Entry = Of<typeof entry>;
export type EntryDraft = Omit<Entry, "mark" | "values"> & { mark?: string };

export const groups = ["admission", "terms", "energy", "policy", "services"] as const;
export const types = ["number", "choice", "choices", "yes_no"] as const;
export const bounds = ["at_least", "at_most", "higher_better", "lower_better", "neutral"] as const;

export const fetchDictionary = async (signal?: AbortSignal): Promise<Entry[]> =>
  (await request("city-indicators/", object({ results: list(entry) }), { signal })).results;

export const declareEntry = (draft: EntryDraft): Promise<Entry> =>
  request("city-indicators/", entry, { method: "POST", body: draft });

export function changeEntry({ code, ...change }: EntryDraft): Promise<Entry> {
  return request(`city-indicators/${code}/`, entry, { method: "PATCH", body: change });
}
