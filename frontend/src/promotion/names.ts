import type { Language } from "@/api/session";

/** The name in the reader's language, from the two columns of the server. */
export const named = (zh: string, en: string, language: Language): string => (language === "en" && en ? en : zh);

/** `2026-11-21` of a moment, as the reader's clock has it. */
export const dayOf = (moment: string): string => {
  const day = new Date(moment);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

export const isOver = (moment: string | null, now: Date): boolean => moment !== null && new Date(moment) <= now;

/** Days from today until a date; below 0 it is past. */
export const daysUntil = (date: string, now: Date): number =>
  Math.round((Date.parse(date) - Date.parse(dayOf(now.toISOString()))) / 86_400_000);
