import type { Correction, Notice } from "@/api/publication";

/** The fields of a notice as a form holds them: an empty text where nothing is said. */
export interface CorrectionForm {
  number: string;
  url: string;
  supply_mode: string;
  deposit: number | "";
  price_step: number | "";
  bid_start: string;
  bid_deadline: string;
  contact_office: string;
  contact_phone: string;
}

export const formOf = (notice: Notice): CorrectionForm => ({
  number: notice.number,
  url: notice.url,
  supply_mode: notice.supply_mode ?? "",
  deposit: notice.deposit ?? "",
  price_step: notice.price_step ?? "",
  bid_start: notice.bid_start ?? "",
  bid_deadline: notice.bid_deadline ?? "",
  contact_office: notice.contact_office,
  contact_phone: notice.contact_phone,
});

/** What the form says otherwise than the notice it was filled from; a sum that was emptied is null. Pure. */
export function corrected(notice: Notice, form: CorrectionForm): Correction {
  const before = formOf(notice);
  const names = (Object.keys(before) as (keyof CorrectionForm)[]).filter((name) => form[name] !== before[name]);
  return Object.fromEntries(names.map((name) => [name, form[name] === "" && (name === "deposit" || name === "price_step") ? null : form[name]]));
}
