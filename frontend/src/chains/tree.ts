import { stages, type ChainEdge, type ChainNode, type Stage } from "@/api/chains";

/** The tree of nodes as it is shown, what of it is folded, and the edges between what is left. Pure. */

export interface Item {
  node: ChainNode;
  /** 0 for a root */
  level: number;
  folded: boolean;
}

/** A root with what is shown below it, in the tree's order: drawn as one. */
export interface Block {
  stage: Stage;
  items: Item[];
}

/** Edges between shown nodes; those of a folded parent's leaves are one. */
export interface DrawnEdge {
  source: string;
  target: string;
  /** of one edge; null for several in one */
  coefficient: number | null;
  /** Σ coefficient × what the target makes, 10k CNY; null where this reader may not see it */
  value: number | null;
  /** of several: all of them */
  assumed: boolean;
  /** what the width tells: the value, or the coefficient for those who may not see it */
  weight: number;
}

function childrenOf(nodes: readonly ChainNode[]): Map<string | null, ChainNode[]> {
  const known = new Set(nodes.map(({ node }) => node));
  const children = new Map<string | null, ChainNode[]>();
  for (const node of nodes) {
    const parent = node.parent !== null && known.has(node.parent) ? node.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  return children;
}

export function blocksOf(nodes: readonly ChainNode[], folded: ReadonlySet<string>): Block[] {
  const children = childrenOf(nodes);
  const below = (node: ChainNode, level: number): Item[] => {
    const inside = children.get(node.node) ?? [];
    const closed = inside.length > 0 && folded.has(node.node);
    return [{ node, level, folded: closed }, ...(closed ? [] : inside.flatMap((child) => below(child, level + 1)))];
  };
  const roots = children.get(null) ?? [];
  return stages.flatMap((stage) => roots.filter((root) => root.stage === stage).map((root) => ({ stage, items: below(root, 0) })));
}

/** For every node the one that stands for it on the page: itself, or the outermost folded parent. */
export function standIns(nodes: readonly ChainNode[], folded: ReadonlySet<string>): Map<string, string> {
  const parents = new Map(nodes.map(({ node, parent }) => [node, parent]));
  return new Map(
    nodes.map(({ node }) => {
      let shown = node;
      for (let at = parents.get(node) ?? null; at !== null; at = parents.get(at) ?? null) if (folded.has(at)) shown = at;
      return [node, shown];
    }),
  );
}

export function drawnEdges(nodes: readonly ChainNode[], edges: readonly ChainEdge[], folded: ReadonlySet<string>): DrawnEdge[] {
  const shown = standIns(nodes, folded);
  const supply = new Map(nodes.map(({ node, supply: made }) => [node, made]));
  const merged = new Map<string, DrawnEdge>();
  for (const edge of edges) {
    const source = shown.get(edge.source);
    const target = shown.get(edge.target);
    if (source === undefined || target === undefined || source === target) continue;
    const made = supply.get(edge.target);
    const value = made === undefined ? null : edge.coefficient * made;
    const key = `${source}\n${target}`;
    const before = merged.get(key);
    merged.set(key, {
      source,
      target,
      coefficient: before ? null : edge.coefficient,
      value: before?.value === null || value === null ? null : (before?.value ?? 0) + value,
      assumed: edge.assumed && (before?.assumed ?? true),
      weight: (before?.weight ?? 0) + (value ?? edge.coefficient),
    });
  }
  return [...merged.values()];
}

type Ends = Pick<ChainEdge, "source" | "target">;

/** Steps from any of `from` to each node that its supply reaches (or, upstream, that it is supplied by); cycles end. */
export function reach(edges: readonly Ends[], from: Iterable<string>, way: "up" | "down"): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const [here, there] = way === "down" ? [source, target] : [target, source];
    next.set(here, [...(next.get(here) ?? []), there]);
  }
  const steps = new Map<string, number>([...from].map((code) => [code, 0]));
  const queue = [...steps.keys()];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const code of next.get(at) ?? []) {
      if (steps.has(code)) continue;
      steps.set(code, steps.get(at)! + 1);
      queue.push(code);
    }
  }
  return steps;
}

/** The node and all below it. */
export function withBelow(nodes: readonly ChainNode[], code: string): Set<string> {
  const found = new Set([code]);
  const children = childrenOf(nodes);
  for (const at of found) for (const child of children.get(at) ?? []) found.add(child.node);
  return found;
}

/** The leaves below a parent that give it its state, the worst of theirs; none where nothing is amiss. */
export function decidingBelow(nodes: readonly ChainNode[], { node, leaf, state }: Pick<ChainNode, "node" | "leaf" | "state">): ChainNode[] {
  if (leaf || (state !== "missing" && state !== "weak")) return [];
  const below = withBelow(nodes, node);
  return nodes.filter((one) => one.leaf && one.state === state && below.has(one.node));
}
