import type { CommitmentState, Measured, Milestone } from "@/api/commitments";
import type { ReadinessState } from "@/api/readiness";

export type Tone = "good" | "middling" | "bad" | "late" | "quiet";

export const readinessTone: Record<ReadinessState, Tone> = { done: "good", under_way: "middling", missing: "bad", expired: "late", not_needed: "quiet" };
export const commitmentTone: Record<CommitmentState, Tone> = { overdue: "late", due_soon: "middling", on_time: "good", unscheduled: "quiet", fulfilled: "good" };
export const milestoneTone: Record<Milestone["state"], Tone> = { met: "good", met_late: "middling", overdue: "late", due_soon: "middling", ahead: "quiet", unscheduled: "quiet" };
export const outcomeTone: Record<Measured["outcome"], Tone> = { met: "good", short: "bad", rectifying: "middling", rectification_overdue: "late", waiting: "quiet", returned: "quiet" };

/** Colours of stretches and marks on the strip: the categories of the house, so that they hold on every ground. */
export const stripColour: Record<Milestone["state"], string> = { met: "#009e73", met_late: "#8c6d00", overdue: "#d55e00", due_soon: "#e69f00", ahead: "#7b8794", unscheduled: "#7b8794" };
