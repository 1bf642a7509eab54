import type { Locale } from "./units";

/** Names that come in two columns, in the reader's language. Pure. */

/** The Chinese one where there is no English one. */
export const named = (zh: string | null | undefined, en: string | null | undefined, locale: Locale): string => (locale === "en" && en ? en : zh) ?? "";

export const nameOf = (one: { name: string; name_en?: string | null }, locale: Locale): string => named(one.name, one.name_en, locale);

/** The region that something lies in. */
export const regionOf = (one: { region_name: string | null; region_name_en: string | null }, locale: Locale): string => named(one.region_name, one.region_name_en, locale);

/** What stands between the parts of a list. */
export const comma = (locale: Locale): string => (locale === "en" ? ", " : "、");
