import type { Milestone } from "@/api/commitments";

/** A stretch or a mark on the strip, as shares of its width. */
export interface Strip {
  from: string;
  to: string;
  /** where today lies, or null outside */
  today: number | null;
  /** `done`: up to where it was met, from the same left end */
  stretches: { name: string; left: number; width: number; done: number; state: Milestone["state"] }[];
  marks: { name: string; at: number; state: Milestone["state"]; met: number | null }[];
}

const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** From the hand-over to the last date, due or met; null where nothing is scheduled. */
export function stripOf(handOver: string | null, milestones: readonly Milestone[], today: string, least = handOver): Strip | null {
  const dated = milestones.filter((one): one is Milestone & { due: string } => one.due !== null);
  if (!handOver || !dated.length) return null;
  const days = [handOver, ...dated.flatMap(({ due, met_on }) => (met_on ? [due, met_on] : [due]))];
  const from = [...days, least ?? handOver].reduce((a, b) => (a < b ? a : b));
  const to = days.reduce((a, b) => (a > b ? a : b));
  const span = Math.max(1, day(to) - day(from));
  const at = (iso: string): number => (day(iso) - day(from)) / span;
  let left = at(handOver);
  const stretches = dated.map(({ name, due, met_on, state }) => {
    const stretch = { name, left, width: Math.max(0, at(due) - left), done: met_on ? Math.max(0, at(met_on) - left) : 0, state };
    left = Math.max(left, at(due));
    return stretch;
  });
  return {
    from,
    to,
    today: today >= from && today <= to ? at(today) : null,
    stretches,
    marks: dated.map(({ name, due, met_on, state }) => ({ name, at: at(due), state, met: met_on ? at(met_on) : null })),
  };
}
