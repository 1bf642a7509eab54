import type { Stage } from "@/api/chains";
import type { Block, DrawnEdge } from "./tree";

/** Where cards stand: stages from left to right, each in one or more lanes. All lengths in rem. Pure. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Card extends Box {
  code: string;
  lane: number;
}

export interface Layout extends Pick<Box, "width" | "height"> {
  cards: Card[];
  /** frames around a parent and what is below it */
  groups: (Box & { code: string })[];
  stages: (Box & { stage: Stage })[];
  /** x from left to right */
  lanes: Pick<Box, "x" | "width">[];
}

export const sizes = {
  narrowest: 11,
  widest: 18,
  gap: 4,
  widestGap: 16,
  left: 1.25,
  right: 2.75, // room for ties within the last lane
  top: 1.25,
  head: 2.5,
  between: 0.75,
  /** where the page is scrolled, and where all of it is in sight */
  apart: { scrolled: 2.5, whole: 4 },
  inside: 0.375,
  indent: 0.5,
  padding: 0.375,
};

interface Room {
  width: number;
  height: number;
  /** of a card of this width */
  heightOf: (code: string, width: number) => number;
}

interface Placed {
  block: Block;
  lane: number;
  height: number;
  y: number;
}

/** Steps along edges within the stage, so that what is made first stands further left; edges that close a cycle are passed over. */
export function depths(blocks: readonly Block[], edges: readonly DrawnEdge[]): Map<Block, number> {
  const home = new Map(blocks.flatMap((block) => block.items.map(({ node }) => [node.node, block] as const)));
  const inputs = new Map<Block, Set<Block>>();
  for (const { source, target } of edges) {
    const [from, to] = [home.get(source), home.get(target)];
    if (from && to && from !== to && from.stage === to.stage) inputs.set(to, (inputs.get(to) ?? new Set()).add(from));
  }
  const depth = new Map<Block, number>();
  const open = new Set<Block>();
  const measure = (block: Block): number => {
    const known = depth.get(block);
    if (known !== undefined) return known;
    open.add(block);
    const before = [...(inputs.get(block) ?? [])].filter((one) => !open.has(one)).map(measure);
    open.delete(block);
    const found = before.length ? Math.max(...before) + 1 : 0;
    depth.set(block, found);
    return found;
  };
  blocks.forEach(measure);
  return depth;
}

/** How many lanes each stage has: as many as the height asks for and the width allows, more only where a lane would be endless. */
export function laneCounts(heights: readonly number[], most: readonly number[], room: Pick<Room, "width" | "height">): number[] {
  const lanes: number[] = heights.map((height) => (height > 0 ? 1 : 0));
  const fitting = Math.floor((room.width - sizes.left - sizes.right + sizes.gap) / (sizes.narrowest + sizes.gap));
  for (;;) {
    const tallest = heights
      .map((height, at) => ({ at, each: height / (lanes[at] || 1) }))
      .filter(({ at }) => lanes[at]! > 0 && lanes[at]! < most[at]!)
      .sort((a, b) => b.each - a.each)[0];
    const total = lanes.reduce((sum, one) => sum + one, 0);
    if (!tallest || tallest.each <= room.height || (total >= fitting && tallest.each <= 3 * room.height)) return lanes;
    lanes[tallest.at]! += 1;
  }
}

export function layOut(blocks: readonly Block[], edges: readonly DrawnEdge[], room: Room): Layout {
  const present = [...new Set(blocks.map(({ stage }) => stage))];
  const height = (block: Block, width: number): number => blockHeight(block, width, room);
  const tall = (stage: Stage, width: number): number =>
    blocks.filter((block) => block.stage === stage).reduce((sum, block) => sum + height(block, width) + sizes.between, 0);
  const counts = laneCounts(
    present.map((stage) => tall(stage, sizes.narrowest)),
    present.map((stage) => blocks.filter((block) => block.stage === stage).length),
    { width: room.width, height: room.height - sizes.head - sizes.top },
  );
  const total = counts.reduce((sum, one) => sum + one, 0);
  const free = room.width - sizes.left - sizes.right;
  const width = clamp((free - (total - 1) * sizes.gap) / total, sizes.narrowest, sizes.widest);
  const gap = total > 1 ? clamp((free - total * width) / (total - 1), sizes.gap, sizes.widestGap) : 0;
  const used = total * width + (total - 1) * gap;
  const lanes = Array.from({ length: total }, (_, lane) => ({ x: sizes.left + lane * (width + gap), width }));

  const placed = intoLanes(blocks, edges, present, counts, (block) => height(block, width));
  const floor = stack(placed, total, room.height);
  untangle(placed, edges, total, room.height);

  const cards: Card[] = [];
  const groups: Layout["groups"] = [];
  for (const { block, lane, y, height: tallness } of placed) {
    const x = lanes[lane]!.x;
    const framed = block.items.length > 1;
    if (framed) groups.push({ code: block.items[0]!.node.node, x, y, width, height: tallness });
    let top = y + (framed ? sizes.padding : 0);
    for (const { node, level } of block.items) {
      const inset = framed ? sizes.padding + level * sizes.indent : 0;
      const wide = width - inset - (framed ? sizes.padding : 0);
      const high = room.heightOf(node.node, wide);
      cards.push({ code: node.node, lane, x: x + inset, y: top, width: wide, height: high });
      top += high + sizes.inside;
    }
  }
  let lane = 0;
  const heads = present.map((stage, at) => {
    const [first, last] = [lanes[lane]!, lanes[lane + counts[at]! - 1]!];
    lane += counts[at]!;
    return { stage, x: first.x, y: 0, width: last.x + width - first.x, height: sizes.head };
  });
  cards.sort((a, b) => a.lane - b.lane || a.y - b.y);
  return { cards, groups, stages: heads, lanes, width: sizes.left + used + sizes.right, height: floor + sizes.top };
}

function blockHeight(block: Block, width: number, { heightOf }: Room): number {
  if (block.items.length === 1) return heightOf(block.items[0]!.node.node, width);
  const inner = block.items.reduce(
    (sum, { node, level }) => sum + heightOf(node.node, width - 2 * sizes.padding - level * sizes.indent) + sizes.inside,
    0,
  );
  return inner - sizes.inside + 2 * sizes.padding;
}

function intoLanes(blocks: readonly Block[], edges: readonly DrawnEdge[], present: Stage[], counts: number[], height: (block: Block) => number): Placed[] {
  const depth = depths(blocks, edges);
  const placed: Placed[] = [];
  let first = 0;
  present.forEach((stage, at) => {
    const own = blocks.filter((block) => block.stage === stage).sort((a, b) => depth.get(a)! - depth.get(b)!);
    const total = own.reduce((sum, block) => sum + height(block) + sizes.between, 0);
    let before = 0;
    for (const block of own) {
      const tall = height(block);
      const share = (before + (tall + sizes.between) / 2) / total;
      placed.push({ block, lane: first + Math.min(counts[at]! - 1, Math.floor(share * counts[at]!)), height: tall, y: 0 });
      before += tall + sizes.between;
    }
    first += counts[at]!;
  });
  return placed;
}

/** Gives every block its place below the one before, lanes centred, apart as far as there is room; answers where the lowest ends. */
function stack(placed: readonly Placed[], lanes: number, room: number): number {
  const columns = Array.from({ length: lanes }, (_, lane) => placed.filter((one) => one.lane === lane));
  const tallness = (column: Placed[], between: number): number => column.reduce((sum, { height }) => sum + height, 0) + between * (column.length - 1);
  const height = (between: number): number => Math.max(0, ...columns.map((column) => tallness(column, between)));
  const free = room - sizes.head - sizes.top;
  const tallest = Math.max(height(sizes.between), Math.min(free, height(sizes.apart.whole)));
  const most = tallest > free ? sizes.apart.scrolled : sizes.apart.whole;
  for (const column of columns) {
    const slack = tallest - tallness(column, 0);
    const between = clamp(slack / Math.max(1, column.length - 1), sizes.between, most);
    let y = sizes.head + (tallest - tallness(column, between)) / 2;
    for (const one of column) {
      one.y = y;
      y += one.height + between;
    }
  }
  return sizes.head + tallest;
}

/** A few sweeps: each block moves to the mean height of those it is tied to in other lanes. */
function untangle(placed: Placed[], edges: readonly DrawnEdge[], lanes: number, room: number): void {
  const home = new Map(placed.flatMap((one) => one.block.items.map(({ node }) => [node.node, one] as const)));
  const ties = new Map<Placed, Placed[]>();
  for (const { source, target } of edges) {
    const [from, to] = [home.get(source), home.get(target)];
    if (!from || !to || from.lane === to.lane) continue;
    ties.set(from, [...(ties.get(from) ?? []), to]);
    ties.set(to, [...(ties.get(to) ?? []), from]);
  }
  const middle = (one: Placed): number => one.y + one.height / 2;
  const wanted = (one: Placed): number => {
    const tied = ties.get(one);
    return tied ? tied.reduce((sum, other) => sum + middle(other), 0) / tied.length : middle(one);
  };
  for (let sweep = 0; sweep < 6; sweep += 1) {
    const order = Array.from({ length: lanes }, (_, lane) => (sweep % 2 ? lanes - 1 - lane : lane));
    for (const lane of order) {
      const keys = new Map(placed.filter((one) => one.lane === lane).map((one) => [one, wanted(one)]));
      placed.sort((a, b) => a.lane - b.lane || (a.lane === lane ? keys.get(a)! - keys.get(b)! : 0));
      stack(placed, lanes, room);
    }
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** A rule of thumb, in em: letters are half as wide as Chinese characters. */
export const roughly = (word: string): number => (chinese.test(word) ? word.length : word.length * 0.53);
const chinese = /[\u2e80-\uffef]/;

/** How many lines a name takes in `width` em; words stay whole, Chinese breaks anywhere. */
export function lineCount(text: string, width: number, widthOf: (word: string) => number = roughly): number {
  const words = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? [];
  let lines = 1;
  let used = 0;
  for (const word of words) {
    const wide = widthOf(word);
    if (used > 0 && word.trim() && used + wide > width) {
      lines += 1;
      used = wide;
    } else used += wide;
  }
  return lines;
}

export type Way = "left" | "right" | "up" | "down";

/** The card an arrow key leads to: the next of the lane, or the nearest of the next lane. */
export function cardAt(layout: Layout, from: string, way: Way): string | undefined {
  const here = layout.cards.find(({ code }) => code === from);
  if (!here) return layout.cards[0]?.code;
  const lane = layout.cards.filter((card) => card.lane === here.lane);
  if (way === "up" || way === "down") return lane[lane.indexOf(here) + (way === "down" ? 1 : -1)]?.code;
  const middle = here.y + here.height / 2;
  const beside = layout.cards.filter((card) => card.lane === here.lane + (way === "right" ? 1 : -1));
  return beside.sort((a, b) => Math.abs(a.y + a.height / 2 - middle) - Math.abs(b.y + b.height / 2 - middle))[0]?.code;
}
