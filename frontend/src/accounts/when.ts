import type { Language } from "@/api/session";

/** A moment as people write it, with its year: "2026年11月21日 21:05". Pure. */
export function when(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { year: "numeric", month: language === "en" ? "short" : "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(moment));
}

/** Only the day, with its year. */
export function day(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { year: "numeric", month: language === "en" ? "short" : "long", day: "numeric" }).format(new Date(moment));
}
