import { base, request } from "./client";
import { flag, list, nullable, number, object, oneOf, text, type Of } from "./shape";

const row = object({ key: text, group: text, name: text, printed: text, today: text, changed: flag, until: nullable(text), expired: flag });
export type CardRow = Of<typeof row>;

/** `withdrawn`: the parcel is not, or no longer, for this reader to see; then no value is told. */
const card = object({
  code: text,
  digest: text,
  language: oneOf("zh", "en"),
  issued_on: text,
  /** the past day as of which the card tells the parcel */
  shown_on: nullable(text),
  state: oneOf("current", "changed", "withdrawn"),
  parcel: nullable(object({ code: text, name: text, synthetic: flag })),
  changed: number,
  outline_changed: flag,
  rows: list(row),
});
export type Card = Of<typeof card>;

/** By the number on the card or its whole hash, as typed. */
export const fetchCard = (typed: string, signal?: AbortSignal): Promise<Card> => request(`cards/${encodeURIComponent(typed)}/`, card, { signal });

/** Where the printed card of a parcel is to be had, as it is or as it was shown on a day. */
export const cardAddress = (code: string, language: string, on?: string): string =>
  `${base()}api/v1/parcels/${encodeURIComponent(code)}/card.pdf?language=${language === "en" ? "en" : "zh"}${on ? `&on=${on}` : ""}`;
