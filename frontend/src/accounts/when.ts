import type { Language } from "@/api/session";

/** A moment as people write it: "11月21日 21:05", with the year once it is another. Pure. */
export function when(moment: string, language: Language, now = new Date()): string {
  const at = new Date(moment);
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(language, { year, month: language === "en" ? "short" : "long", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(at);
}

/** Only the day, with its year. */
export function day(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { year: "numeric", month: language === "en" ? "short" : "long", day: "numeric" }).format(new Date(moment));
}
