import type { Card, Layout } from "./layout";
import type { DrawnEdge } from "./tree";

/** How edges run: out of a card's side, through gaps between the cards of lanes in between, into the user's side. Rem. Pure. */

export interface EdgePath {
  edge: DrawnEdge;
  line: string;
  /** triangle at the user's end */
  head: string;
  width: number;
}

const thinnest = 0.075;
const thickest = 0.4;
const stub = 0.5;

/** Heights between which all edges from one lane to another run, at a distance. */
interface Trunk {
  from: number;
  to: number;
}

/** `bundled`: from a distance, edges between two lanes join one trunk and leave it at their users. */
export function edgePaths(layout: Layout, edges: readonly DrawnEdge[], bundled = false): EdgePath[] {
  const cards = new Map(layout.cards.map((card) => [card.code, card]));
  const gaps = layout.lanes.map((_, lane) => gapsOf(layout.cards.filter((card) => card.lane === lane)));
  const most = Math.max(0, ...edges.map(({ weight }) => weight));
  const trunks = bundled ? trunksOf(cards, edges) : null;
  return edges.flatMap((edge) => {
    const [from, to] = [cards.get(edge.source), cards.get(edge.target)];
    if (!from || !to) return [];
    return [{ edge, ...route(from, to, layout, gaps, trunks?.get(laneKey(from, to))), width: widthOf(edge.weight, most) }];
  });
}

export const widthOf = (weight: number, most: number): number => (most > 0 ? thinnest + (thickest - thinnest) * Math.sqrt(weight / most) : thinnest);

/** Heights at which a line can pass a lane without running below a card. */
export function gapsOf(cards: readonly Pick<Card, "y" | "height">[]): number[] {
  const sorted = [...cards].sort((a, b) => a.y - b.y);
  if (!sorted.length) return [];
  const last = sorted.at(-1)!;
  const between = sorted.slice(1).map((card, at) => (sorted[at]!.y + sorted[at]!.height + card.y) / 2);
  return [sorted[0]!.y - 0.5, ...between, last.y + last.height + 0.5];
}

const laneKey = (from: Card, to: Card): string => `${from.lane}>${to.lane}`;
const centre = (card: Card): number => card.y + card.height / 2;

/** One trunk for each pair of lanes, at the mean heights of what it joins; a lone edge needs none. */
function trunksOf(cards: ReadonlyMap<string, Card>, edges: readonly DrawnEdge[]): Map<string, Trunk> {
  const joined = new Map<string, { from: number[]; to: number[] }>();
  for (const { source, target } of edges) {
    const [from, to] = [cards.get(source), cards.get(target)];
    if (!from || !to || from.lane === to.lane) continue;
    const ends = joined.get(laneKey(from, to)) ?? { from: [], to: [] };
    ends.from.push(centre(from));
    ends.to.push(centre(to));
    joined.set(laneKey(from, to), ends);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return new Map([...joined].filter(([, { from }]) => from.length > 1).map(([key, ends]) => [key, { from: mean(ends.from), to: mean(ends.to) }]));
}

function route(from: Card, to: Card, { lanes }: Layout, gaps: number[][], trunk?: Trunk): { line: string; head: string } {
  const [y0, y1] = [from.y + from.height / 2, to.y + to.height / 2];
  if (from.lane === to.lane) return around(from, to, y0, y1, lanes.length > 1 ? lanes[1]!.x - lanes[0]!.x - lanes[0]!.width : 4);
  const way = to.lane > from.lane ? 1 : -1;
  const start = way > 0 ? from.x + from.width : from.x;
  const end = way > 0 ? to.x : to.x + to.width;
  const steps: string[] = [`M${at(start, y0)}`];
  let [x, y] = [start, y0];
  for (let lane = from.lane + way; lane !== to.lane; lane += way) {
    const { x: left, width } = lanes[lane]!;
    const [enter, leave] = way > 0 ? [left, left + width] : [left + width, left];
    const [y0Way, y1Way] = trunk ? [trunk.from, trunk.to] : [y0, y1];
    const straight = y0Way + ((y1Way - y0Way) * (enter - start)) / (end - start);
    const pass = nearest(gaps[lane]!, straight);
    steps.push(bend(x, y, enter, pass), `L${at(leave, pass)}`);
    [x, y] = [leave, pass];
  }
  const before = end - way * stub;
  if (trunk && to.lane - from.lane === way) {
    const [join, middle] = [(x + before) / 2, (trunk.from + trunk.to) / 2];
    steps.push(bend(x, y, join, middle));
    [x, y] = [join, middle];
  }
  steps.push(bend(x, y, before, y1), `L${at(end - way * 0.1, y1)}`);
  return { line: steps.join(""), head: headAt(end, y1, way) };
}

/** Between two of one lane: out to the right and back in, the further apart the wider. */
function around(from: Card, to: Card, y0: number, y1: number, gap: number): { line: string; head: string } {
  const [start, end] = [from.x + from.width, to.x + to.width];
  const out = Math.max(start, end) + 1 + Math.min(0.6 * gap, Math.abs(y1 - y0) / 9);
  const line = `M${at(start, y0)}C${at(out, y0)} ${at(out, y1)} ${at(end + stub, y1)}L${at(end + 0.1, y1)}`;
  return { line, head: headAt(end, y1, -1) };
}

const bend = (x0: number, y0: number, x1: number, y1: number): string => {
  const middle = (x0 + x1) / 2;
  return `C${at(middle, y0)} ${at(middle, y1)} ${at(x1, y1)}`;
};

const headAt = (x: number, y: number, way: number): string => `M${at(x, y)}L${at(x - way * 0.5, y - 0.3)}L${at(x - way * 0.5, y + 0.3)}Z`;

const nearest = (values: readonly number[], to: number): number => values.reduce((best, one) => (Math.abs(one - to) < Math.abs(best - to) ? one : best), values[0] ?? to);

const at = (x: number, y: number): string => `${round(x)},${round(y)}`;
const round = (value: number): number => Math.round(value * 1000) / 1000;
