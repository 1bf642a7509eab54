import { expect, it } from "vitest";
import { node } from "./fixtures";
import { lastRound, lossesOf } from "./losses";

const nodes = [
  node("metal", { leaf: false, supply: 400 }),
  node("plate", { parent: "metal", supply: 100 }),
  node("wire", { parent: "metal", supply: 300 }),
  node("car", { supply: 1000 }),
  node("gas", { supply: 0 }),
];
const below = new Map([["metal", new Set(["metal", "plate", "wire"])]]);
const steps: { round: number; loss: number; factor: Record<string, number> }[] = [
  { round: 1, loss: 40, factor: { plate: 0.6 } },
  { round: 2, loss: 250, factor: { plate: 0.5, car: 0.8 } },
];
const disruption = {
  steps,
  loss: 300, direct: 50, indirect: 250, supply: 1400, rounds: 12, converged: true, not_in_chain: [],
  factor: { plate: 0.5, wire: 1, car: 0.75, gas: null },
  round: { plate: 1, wire: null, car: 2, gas: null },
};

it("a node loses what is not left of it, and a parent the share of all below it", () => {
  const losses = lossesOf(nodes, below, disruption);
  expect(Object.fromEntries(losses)).toEqual({ plate: { share: 0.5, round: 1 }, car: { share: 0.25, round: 2 }, metal: { share: 50 / 400, round: 1 } });
});

it("the loss spreads round by round", () => {
  expect(Object.fromEntries(lossesOf(nodes, below, disruption, 1))).toEqual({ plate: { share: 0.4, round: 1 }, metal: { share: 0.1, round: 1 } });
  expect(lossesOf(nodes, below, disruption, 2).get("car")).toEqual({ share: 0.25, round: 2 }); // the last round shows the end
  expect(lastRound(disruption)).toBe(2);
  expect(lastRound({ ...disruption, round: {} })).toBe(0);
});
