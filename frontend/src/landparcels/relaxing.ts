import type { Operator } from "@/api/parcels";

/** A limit rounded to three digits, and always to the side that lets the same parcel through. */
export function tidyLimit(to: number, op: Operator, whole: boolean): number {
  if (to === 0 || op === "eq") return to;
  const unit = whole ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(to))) - 2);
  const steps = op === "gte" ? Math.floor(to / unit) : Math.ceil(to / unit);
  return Number((steps * unit).toPrecision(12));
}
