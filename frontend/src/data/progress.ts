import type { Job } from "@/api/imports";

/** How far a job is and how long it will still take, from rows and time alone. Pure. */
export interface Progress {
  /** 0..1; null while the number of rows is not known. */
  share: number | null;
  perSecond: number | null;
  secondsLeft: number | null;
}

export const isOver = (job: Job): boolean => !["queued", "running"].includes(job.state);

/** Nothing of it will change any more, nor what is worked out from its rows. */
export const isSettled = (job: Job): boolean => isOver(job) && job.following === null;

export function progressOf(job: Job, now: Date): Progress {
  const share = job.total ? Math.min(1, job.done / job.total) : null;
  const begun = job.started_at ? new Date(job.started_at).getTime() : null;
  const seconds = begun === null ? 0 : (now.getTime() - begun) / 1000;
  const perSecond = seconds > 0.5 && job.done > 0 ? job.done / seconds : null;
  const secondsLeft = perSecond && job.total ? Math.max(0, (job.total - job.done) / perSecond) : null;
  return { share, perSecond, secondsLeft };
}
