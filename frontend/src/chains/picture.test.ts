import { expect, it } from "vitest";
import { edge, node } from "./fixtures";
import { edgePaths } from "./edgePaths";
import { layOut } from "./layout";
import { escaped, linesIn, pictureOf } from "./picture";
import { blocksOf, drawnEdges } from "./tree";

const nodes = [node("ore", { name: "锂矿 <&>", state: "missing" }), node("cell", { name: "电芯", stage: "downstream" })];
const words = {
  title: "电池", stage: (stage: string) => stage, name: (one: { name: string }) => one.name, state: (state: string) => state,
  figure: () => "3 家", foot: "source", legend: [{ state: "missing" as const, words: "缺失" }],
};

it("the picture holds every card, edge and word, and is well-formed", () => {
  const edges = drawnEdges(nodes, [edge("ore", "cell", 0.2, true)], new Set());
  const layout = layOut(blocksOf(nodes, new Set()), edges, { width: 60, height: 30, heightOf: () => 4 });
  const svg = pictureOf(layout, edgePaths(layout, edges), new Map(nodes.map((one) => [one.node, one])), words, (text) => [text]);
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(parsed.querySelector("parsererror")).toBeNull();
  const texts = [...parsed.querySelectorAll("text")].map((one) => one.textContent);
  expect(texts).toEqual(expect.arrayContaining(["电池", "锂矿 <&>", "电芯", "missing · 3 家", "缺失", "source", "upstream", "downstream"]));
  expect(svg).toContain('stroke-dasharray="0.4 0.25"');
});

it("what would be markup, or no XML may hold, is neither", () => {
  expect(escaped('a<b>&"c\u0000')).toBe("a&lt;b&gt;&amp;&quot;c");
});

it("long names break, Chinese anywhere and words whole", () => {
  expect(linesIn("动力电池", 1.7, (word) => word.length)).toEqual(["动力", "电池"]);
  expect(linesIn("power cell", 4.2, (word) => word.length)).toEqual(["power", "cell"]);
});
