import type { Locale } from "./units";

/** Days and moments, as the city counts them: a deadline ends there, whoever reads of it wherever. Pure. */

const there = { timeZone: "Asia/Shanghai" } as const;
const DAY_MS = 86_400_000;
const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

/** The day of a moment, by default of now, as 2026-03-01. */
export const dayThere = (moment: string | Date = new Date()): string => new Date(moment).toLocaleDateString("sv-SE", there);

/** Whole days from today to a day, negative where it is over. */
export const daysTo = (day: string, today = dayThere()): number => Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);

/** The day so many days later. */
export const later = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

export const isOver = (moment: string | null, now: Date): boolean => moment !== null && new Date(moment) <= now;

const dayParts = (locale: Locale) => ({ ...there, year: "numeric", month: locale === "en" ? "short" : "long", day: "numeric" }) as const;

/** A moment as people write it, with its year: "2026年11月21日 21:05". */
export function when(moment: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { ...dayParts(locale), hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(moment));
}

/** Only the day, with its year; of a moment, or of a day that is said as 2026-03-01. */
export function day(of: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, dayParts(locale)).format(new Date(dateOnly.test(of) ? `${of}T00:00:00+08:00` : of));
}
