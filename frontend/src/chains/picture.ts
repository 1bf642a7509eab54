import type { ChainNode, State } from "@/api/chains";
import type { EdgePath } from "./edgePaths";
import type { Box, Layout } from "./layout";

/** The panorama as an SVG of its own, drawn from the layout that the page draws from. Pure: words and widths are handed in. */

interface Words {
  title: string;
  stage: (stage: string) => string;
  name: (node: ChainNode) => string;
  state: (state: State) => string;
  /** the line below the state: output, or number of firms */
  figure: (node: ChainNode) => string;
  /** source, date, synthetic or not */
  foot: string;
  /** meaning of colours */
  legend: { state: State; words: string }[];
}

export const stateColours: Record<State, string> = { strong: "#009e73", balanced: "#7b8794", weak: "#e69f00", missing: "#d55e00", absent: "#b4bcc4" };
const unit = 16; // px of a rem
const margin = 24;
const head = 48;
const foot = 56;

export function pictureOf(layout: Layout, paths: readonly EdgePath[], nodes: ReadonlyMap<string, ChainNode>, words: Words, linesOf: (text: string, rem: number) => string[]): string {
  const [width, height] = [layout.width * unit + 2 * margin, layout.height * unit + head + foot + 2 * margin];
  const cards = layout.cards.flatMap((card) => {
    const node = nodes.get(card.code);
    return node ? [cardOf(card, node, words, linesOf)] : [];
  });
  const edges = paths.map(
    ({ line, head: arrow, width: thick, edge }) =>
      `<path d="${line}" fill="none" stroke="#8b98a5" stroke-opacity="0.55" stroke-width="${thick}"${edge.assumed ? ' stroke-dasharray="0.4 0.25"' : ""}/><path d="${arrow}" fill="#8b98a5"/>`,
  );
  const stages = layout.stages.map((one) => text(px(one.x + one.width / 2), px(one.y + one.height / 2), words.stage(one.stage), { size: 14, fill: "#5f6b76", anchor: "middle" }));
  const groups = layout.groups.map((one) => rect(one, { fill: "#eef0f2", stroke: "#e1e5e9", radius: 8 }));
  const legend = words.legend.map(({ state, words: meaning }, at) => {
    const x = margin + at * 150;
    return `<rect x="${x}" y="${height - margin - 40}" width="12" height="12" rx="2" fill="${stateColours[state]}"${state === "missing" ? ' fill-opacity="0.25" stroke="#d55e00" stroke-dasharray="3 2"' : ""}/>${text(x + 18, height - margin - 30, meaning, { size: 12 })}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif">`,
    `<title>${escaped(words.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin, margin + 24, words.title, { size: 22, weight: 600 }),
    `<g transform="translate(${margin} ${margin + head})">`,
    ...groups,
    ...stages,
    `<g transform="scale(${unit})">${edges.join("")}</g>`,
    ...cards,
    "</g>",
    ...legend,
    text(margin, height - margin, words.foot, { size: 12, fill: "#5f6b76" }),
    "</svg>",
  ].join("\n");
}

function cardOf(card: Box, node: ChainNode, words: Words, linesOf: (text: string, rem: number) => string[]): string {
  const colour = stateColours[node.state];
  const missing = node.state === "missing";
  const names = linesOf(words.name(node), card.width - 1.25);
  const top = px(card.y) + 20;
  return [
    rect(card, { fill: "#ffffff", stroke: missing ? colour : "#e1e5e9", radius: 6, dash: missing }),
    `<rect x="${px(card.x)}" y="${px(card.y)}" width="3" height="${px(card.height)}" fill="${colour}"/>`,
    ...names.map((line, at) => text(px(card.x) + 10, top + at * 18, line, { size: 13, weight: 600, fill: node.leaf ? "#1f2933" : "#5f6b76" })),
    text(px(card.x) + 10, top + names.length * 18, `${words.state(node.state)} · ${words.figure(node)}`, { size: 11, fill: "#5f6b76" }),
  ].join("");
}

const px = (rem: number): number => Math.round(rem * unit * 10) / 10;

const rect = (box: Box, { fill, stroke, radius, dash = false }: { fill: string; stroke: string; radius: number; dash?: boolean }): string =>
  `<rect x="${px(box.x)}" y="${px(box.y)}" width="${px(box.width)}" height="${px(box.height)}" rx="${radius}" fill="${fill}" stroke="${stroke}"${dash ? ' stroke-dasharray="4 3"' : ""}/>`;

const text = (x: number, y: number, words: string, { size, fill = "#1f2933", weight = 400, anchor = "start" }: { size: number; fill?: string; weight?: number; anchor?: string }): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(words)}</text>`;

/** Characters that would be markup, and those that no XML may hold. */
export const escaped = (words: string): string =>
  [...words.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]!)].filter((letter) => letter >= " ").join("");

/** Words of a line, broken where it is full; Chinese breaks anywhere. */
export function linesIn(words: string, rem: number, widthOf: (word: string) => number): string[] {
  const lines: string[] = [""];
  let used = 0;
  for (const word of words.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? []) {
    const wide = widthOf(word);
    if (used > 0 && word.trim() && used + wide > rem / 0.8125) {
      lines.push(word);
      used = wide;
    } else {
      lines[lines.length - 1] += word;
      used += wide;
    }
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}
