import type { Commitment } from "@/api/commitments";

export const texts = ["grant_number", "grant_reference", "supervision_number", "supervision_reference", "note"] as const;
export const days = ["grant_date", "supervision_date", "hand_over", "ended_on"] as const;
export const months = ["start_months", "construction_months", "ramp_up_months"] as const;

export type ContractForm = { uscc: string } & Record<(typeof texts)[number] | (typeof days)[number], string> & Record<(typeof months)[number], number | string>;

/** The fields of the form as they stand; unknown is an empty field. */
export function formOf(commitment: Commitment | null): ContractForm {
  const form: Record<string, string | number> = { uscc: commitment?.uscc ?? "" };
  for (const name of [...texts, ...days, ...months]) form[name] = commitment?.[name] ?? "";
  return form as ContractForm;
}

/** What is sent: only what differs from what was shown; an emptied date or number is null. */
export function changesOf(form: ContractForm, before: ContractForm): Record<string, string | number | null> {
  const changes: Record<string, string | number | null> = {};
  for (const name of Object.keys(before) as (keyof ContractForm)[]) {
    if (form[name] === before[name]) continue;
    const isText = (texts as readonly string[]).includes(name);
    const isNumber = (months as readonly string[]).includes(name);
    changes[name] = form[name] === "" && !isText ? null : isNumber ? Number(form[name]) : form[name];
  }
  return changes;
}
