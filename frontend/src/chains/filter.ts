import { states, type ChainNode, type State } from "@/api/chains";

/** What one can ask for beside a state: the flags of a node. */
export const flags = ["chokepoint", "single_source", "behind_missing"] as const;
export type Flag = (typeof flags)[number];
export type Kind = State | Flag;
export const kinds: readonly Kind[] = [...states, ...flags];

interface Named {
  name: string;
  name_en: string;
}

const contains = (text: string, part: string): boolean => text.toLocaleLowerCase().includes(part);

export function isNamed(one: Named & { node?: string; code?: string }, text: string): boolean {
  const part = text.trim().toLocaleLowerCase();
  return !part || contains(one.name, part) || contains(one.name_en, part) || contains(one.node ?? one.code ?? "", part);
}

export const isOfKind = (node: ChainNode, kind: Kind): boolean =>
  kind === "chokepoint" || kind === "single_source" || kind === "behind_missing" ? node[kind] === true : node.state === kind;

/** Codes of the leaves that are of any of the kinds and named so, with the parents above them; null when nothing is asked. */
export function matching(nodes: readonly ChainNode[], text: string, wanted: readonly Kind[]): Set<string> | null {
  if (!text.trim() && wanted.length === 0) return null;
  const parents = new Map(nodes.map((node) => [node.node, node]));
  const found = new Set<string>();
  for (const node of nodes) {
    if (!node.leaf || (wanted.length && !wanted.some((kind) => isOfKind(node, kind)))) continue;
    const line: ChainNode[] = [];
    for (let at: ChainNode | undefined = node; at; at = at.parent === null ? undefined : parents.get(at.parent)) line.push(at);
    if (line.some((one) => isNamed(one, text))) for (const one of line) found.add(one.node);
  }
  return found;
}

/** Leaves by state and by flag; a flag nobody told us of is null. */
export function counts(nodes: readonly ChainNode[]): Record<Kind, number | null> {
  const leaves = nodes.filter(({ leaf }) => leaf);
  return Object.fromEntries(
    kinds.map((kind) => {
      const told = !flags.includes(kind as Flag) || leaves.some((node) => typeof node[kind as Flag] === "boolean");
      return [kind, told ? leaves.filter((node) => isOfKind(node, kind)).length : null];
    }),
  ) as Record<Kind, number | null>;
}

/** Of the nodes that match, those with firms of a region or size; null: nothing was asked. */
export function within(matched: Set<string> | null, here: ReadonlyMap<string, unknown> | null): Set<string> | null {
  if (!here) return matched;
  return new Set([...here.keys()].filter((code) => matched === null || matched.has(code)));
}
