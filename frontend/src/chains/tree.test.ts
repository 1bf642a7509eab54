import { describe, expect, it } from "vitest";
import type { ChainEdge, ChainNode } from "@/api/chains";
import { blocksOf, decidingBelow, drawnEdges, reach, standIns, withBelow } from "./tree";
import { edge, node } from "./fixtures";

// ore → plate (below metal) → car; gas → plate; car → ore closes a cycle
const nodes: ChainNode[] = [
  node("ore"),
  node("gas"),
  node("metal", { stage: "midstream", leaf: false }),
  node("plate", { stage: "midstream", parent: "metal", supply: 100 }),
  node("wire", { stage: "midstream", parent: "metal", supply: 50 }),
  node("car", { stage: "downstream", supply: 1000 }),
];
const edges: ChainEdge[] = [edge("ore", "plate", 0.2), edge("ore", "wire", 0.4, true), edge("gas", "plate", 0.1), edge("plate", "car", 0.3), edge("car", "ore", 0.1)];
const folded = new Set(["metal"]);

describe("the tree of nodes", () => {
  it("names the leaves that make their parent missing or weak", () => {
    const parent = node("metal", { leaf: false, state: "missing" });
    const below = [parent, node("plate", { parent: "metal", state: "missing" }), node("wire", { parent: "metal", state: "weak" }), node("car", { state: "missing" })];
    expect(decidingBelow(below, parent).map((one) => one.node)).toEqual(["plate"]);
    expect(decidingBelow(below, below[1]!)).toEqual([]); // a leaf has reasons of its own
    expect(decidingBelow(nodes, node("metal", { leaf: false }))).toEqual([]); // nothing is amiss
  });

  it("puts children below their parent, in the parent's stage", () => {
    const metal = blocksOf(nodes, new Set())[2]!;
    expect(metal.stage).toBe("midstream");
    expect(metal.items.map(({ node: { node }, level }) => [node, level])).toEqual([["metal", 0], ["plate", 1], ["wire", 1]]);
  });

  it("hides what is below a folded parent, and lets it stand for them", () => {
    expect(blocksOf(nodes, folded)[2]!.items.map(({ node: { node } }) => node)).toEqual(["metal"]);
    expect(standIns(nodes, folded).get("wire")).toBe("metal");
    expect(standIns(nodes, folded).get("car")).toBe("car");
    expect(withBelow(nodes, "metal")).toEqual(new Set(["metal", "plate", "wire"]));
  });
});

describe("the drawn edges", () => {
  it("carry what the user needs in a year", () => {
    const drawn = drawnEdges(nodes, edges, new Set());
    expect(drawn).toHaveLength(5);
    expect(drawn[3]).toEqual({ source: "plate", target: "car", coefficient: 0.3, value: 300, assumed: false, weight: 300 });
  });

  it("of folded leaves become one, assumed only if all of them are", () => {
    const into = drawnEdges(nodes, edges, folded).filter(({ target }) => target === "metal");
    expect(into.map(({ source, value, assumed }) => [source, value, assumed])).toEqual([["ore", 0.2 * 100 + 0.4 * 50, false], ["gas", 10, false]]);
  });

  it("are as wide as the coefficient for those who may not see money", () => {
    const secret = nodes.map((one) => ({ ...one, supply: undefined }));
    expect(drawnEdges(secret, edges, new Set())[0]).toMatchObject({ value: null, weight: 0.2 });
  });
});

it("reach follows supply through cycles and ends", () => {
  expect(reach(edges, ["plate"], "up")).toEqual(new Map([["plate", 0], ["ore", 1], ["gas", 1], ["car", 2]]));
  expect(reach(edges, ["car"], "down").get("wire")).toBe(2);
});
