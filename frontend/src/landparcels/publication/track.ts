import type { Stage } from "@/api/publication";
import { daysTo, dayThere } from "@/geo/days";

/** The way of a parcel over the land market; what found no buyer stands at its end and may begin again. */
export const way: Stage[] = ["stock", "planned", "announced", "listed", "sold"];

export type Mark = "done" | "here" | "ahead" | "missed";

/** How each stop of the way is drawn for a parcel in this stage. */
export function marks(stage: Stage): Mark[] {
  if (stage === "failed") return ["done", "done", "done", "done", "missed"];
  if (stage === "cancelled") return ["done", "done", "missed", "ahead", "ahead"];
  const at = way.indexOf(stage);
  return way.map((_, index) => (index < at ? "done" : index === at ? "here" : "ahead"));
}

/** The stop's name: the last one says what became of it. */
export const stops = (stage: Stage): Stage[] => way.map((one, index) => (index === 4 && stage === "failed" ? "failed" : index === 2 && stage === "cancelled" ? "cancelled" : one));

/** The words, as a key and its number, for a day on which something ends. */
export function ending(day: string, today = dayThere()): [key: string, values: { n: number }] {
  const left = daysTo(day, today);
  const key = left === 0 ? "publication.endsToday" : left < 0 ? "publication.over" : "publication.daysLeft";
  return [key, { n: Math.abs(left) }];
}
