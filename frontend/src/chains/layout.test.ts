import { describe, expect, it } from "vitest";
import { stages, type ChainNode } from "@/api/chains";
import { edgePaths, gapsOf, widthOf } from "./edgePaths";
import { edge, node } from "./fixtures";
import { cardAt, laneCounts, layOut, lineCount, sizes, type Box } from "./layout";
import { blocksOf, drawnEdges } from "./tree";

const none = new Set<string>();
const heightOf = (): number => 4.25;
const few: ChainNode[] = [node("a"), node("b"), node("p", { stage: "midstream", leaf: false }), node("p1", { stage: "midstream", parent: "p" }), node("z", { stage: "downstream" })];
const ties = [edge("a", "p1"), edge("b", "p1"), edge("p1", "z"), edge("z", "a")];

function laid(nodes: ChainNode[], edges = ties, width = 76, height = 40) {
  return layOut(blocksOf(nodes, none), drawnEdges(nodes, edges, none), { width, height, heightOf });
}
/** 300 nodes, some of them in groups of four, each with up to three inputs. */
const many: ChainNode[] = Array.from({ length: 300 }, (_, k) => {
  const inGroup = k % 10 > 0 && k % 10 < 4;
  const first = inGroup ? k - (k % 10) : k;
  return node(`n${k}`, { stage: stages[Math.floor((3 * first) / 300)]!, leaf: k % 10 !== 0, parent: inGroup ? `n${first}` : null });
});
const leaves = many.filter(({ leaf }) => leaf);
const manyTies = leaves.flatMap(({ node: code }, k) => [1, 7, 31].filter((by) => k >= by).map((by) => edge(leaves[k - by]!.node, code)));

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe("the columns", () => {
  it("stand in the order of stages, cards in the order in which they are read", () => {
    const layout = laid(few);
    expect(layout.stages.map(({ stage }) => stage)).toEqual(["upstream", "midstream", "downstream"]);
    expect(layout.cards.map(({ code }) => code)).toEqual(["a", "b", "p", "p1", "z"]);
    expect(layout.lanes).toHaveLength(3);
  });

  it("frame a parent with what is below it", () => {
    const { groups, cards } = laid(few);
    expect(groups).toHaveLength(1);
    const [frame] = groups;
    for (const code of ["p", "p1"]) expect(overlap(frame!, cards.find((card) => card.code === code)!)).toBe(true);
    expect(overlap(frame!, cards.find((card) => card.code === "z")!)).toBe(false);
  });

  it("get more lanes where one would be too tall and there is room", () => {
    expect(laneCounts([50, 40, 12], [11, 9, 3], { width: 76, height: 34 })).toEqual([2, 2, 1]);
    expect(laneCounts([50, 40, 12], [11, 9, 3], { width: 50, height: 34 })).toEqual([1, 1, 1]);
    expect(laneCounts([50, 40, 12], [11, 9, 3], { width: 130, height: 60 })).toEqual([1, 1, 1]);
  });

  it("grow beyond the width only when a lane would be endless", () => {
    expect(laneCounts([400, 10, 10], [90, 2, 2], { width: 50, height: 30 })).toEqual([5, 1, 1]);
  });

  it("spread over the height of a wall, and not beyond what reads as one column", () => {
    const seven = Array.from({ length: 7 }, (_, k) => node(`n${k}`));
    const lowest = (height: number): number => Math.max(...laid(seven, [], 30, height).cards.map((card) => card.y + card.height));
    expect(lowest(45)).toBeCloseTo(45 - sizes.top);
    expect(lowest(200)).toBeCloseTo(sizes.head + 7 * 4.25 + 6 * sizes.apart.whole);
  });

  it("hold 300 nodes without one lying on another", () => {
    const { cards, width, height } = laid(many, manyTies, 120, 45);
    expect(cards).toHaveLength(300);
    const boxes = cards.map((card) => ({ ...card, height: card.height - 1e-6 }));
    expect(boxes.some((a, k) => boxes.slice(k + 1).some((b) => overlap(a, b)))).toBe(false);
    expect(Math.max(...cards.map((card) => card.x + card.width))).toBeLessThan(width);
    expect(Math.max(...cards.map((card) => card.y + card.height))).toBeLessThanOrEqual(height);
    expect(Math.min(...cards.map(({ y }) => y))).toBeGreaterThanOrEqual(sizes.head - 1e-9);
  });

  it("put what is made first further left within a stage", () => {
    const stage = "midstream" as const;
    const row = ["d", "c", "b", "a"].map((code) => node(code, { stage }));
    const { cards } = laid(row, [edge("a", "b"), edge("b", "c"), edge("c", "d")], 76, 8);
    expect(cards.map(({ code }) => code)).toEqual(["a", "b", "c", "d"]);
  });

  it("have nothing to say about no nodes", () => expect(laid([], [])).toMatchObject({ cards: [], stages: [] }));
});

describe("arrow keys", () => {
  const layout = laid(few);
  it("walk a lane and stop at its ends", () => {
    expect(cardAt(layout, "a", "down")).toBe("b");
    expect(cardAt(layout, "b", "down")).toBeUndefined();
  });
  it("lead to the nearest card of the next lane", () => {
    expect(cardAt(layout, "p1", "right")).toBe("z");
    expect(["p", "p1"]).toContain(cardAt(layout, "z", "left"));
    expect(cardAt(layout, "z", "right")).toBeUndefined();
  });
});

describe("edges", () => {
  it("pass lanes between cards, never below one", () => {
    expect(gapsOf([{ y: 10, height: 4 }, { y: 2, height: 4 }])).toEqual([1.5, 8, 14.5]);
    const layout = laid(few);
    const [path] = edgePaths(layout, drawnEdges(few, [edge("a", "z")], none));
    const passed = [...path!.line.matchAll(/L([\d.]+),([\d.]+)/g)].map(([, , y]) => Number(y))[0]!;
    expect(layout.cards.filter(({ lane }) => lane === 1).some(({ y, height }) => passed > y && passed < y + height)).toBe(false);
  });

  it("enter a user that stands further left from its right side", () => {
    const layout = laid(few);
    const a = layout.cards.find(({ code }) => code === "a")!;
    const [back] = edgePaths(layout, drawnEdges(few, [edge("z", "a")], none));
    expect(back!.head.startsWith(`M${a.x + a.width},`)).toBe(true);
  });

  it("run together between two lanes at a distance, and apart again close by", () => {
    const nodes = [node("a"), node("b"), node("x", { stage: "midstream" }), node("y", { stage: "midstream" })];
    const edges = [edge("a", "x"), edge("b", "y"), edge("a", "y")];
    const layout = laid(nodes, edges);
    const joints = (bundled: boolean) => edgePaths(layout, drawnEdges(nodes, edges, none), bundled).map(({ line }) => line.split("C")[1]!.split(" ").at(-1));
    expect(new Set(joints(true)).size).toBe(1); // the first bend of each ends at one point: the trunk
    expect(new Set(joints(false)).size).toBeGreaterThan(1);
  });
  it("are as wide as the root of their weight, and never invisible", () => {
    expect(widthOf(0, 100)).toBeGreaterThan(0);
    expect(widthOf(25, 100) - widthOf(0, 100)).toBeCloseTo((widthOf(100, 100) - widthOf(0, 100)) / 2);
  });
});

describe("names", () => {
  it("take as many lines as they need", () => {
    expect(lineCount("晶圆制造", 8)).toBe(1);
    expect(lineCount("有机发光二极管蒸镀材料与设备", 8)).toBe(2);
    expect(lineCount("Etch and deposition equipment", 11)).toBe(2);
  });
});
