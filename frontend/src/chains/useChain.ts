import { computed, inject, provide, type ComputedRef, type InjectionKey } from "vue";
import { useRoute, useRouter } from "vue-router";
import { fetchChain, fetchChains, fetchHealth, type Chain, type ChainNode } from "@/api/chains";
import { fetchNeighbourhood, fetchPresence, type Around } from "@/api/chainViews";
import { nameOf } from "@/geo/names";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { asList, asNumber, asText, useUrl, type Codec } from "@/ui/useUrl";
import { counts, kinds, matching, within, type Kind } from "./filter";
import { provideThresholds } from "./thresholds";
import { withBelow } from "./tree";
import { useDisruption } from "./useDisruption";

export type View = "panorama" | "table" | "map";
const asView: Codec<View> = { read: (text) => (text === "table" || text === "map" ? text : "panorama"), write: (view) => (view === "panorama" ? undefined : view) };
/** What of the whole chain is open beside it. */
export type Sheet = "health" | "stops" | "thresholds";
const asSheet: Codec<Sheet | undefined> = {
  read: (text) => (text === "health" || text === "stops" || text === "thresholds" ? text : undefined),
  write: (sheet) => sheet,
};
const asKinds: Codec<Kind[]> = {
  read: (text) => asList.read(text).filter((kind): kind is Kind => kinds.includes(kind as Kind)),
  write: asList.write,
};

const usualDepth = 2;

function makeChain() {
  const route = useRoute();
  const router = useRouter();
  const { isStaff, language } = useSession();
  const code = computed(() => (typeof route.params.code === "string" && route.params.code ? route.params.code : undefined));
  const node = useUrl("node", asText);
  const firm = useUrl("firm", asText);
  const text = useUrl("q", asText);
  const wanted = useUrl("state", asKinds);
  const view = useUrl("view", asView);
  const folded = useUrl("fold", asList);
  const sheet = useUrl("sheet", asSheet);
  const region = useUrl("region", asText);
  const scale = useUrl("scale", asText);
  /** the node whose surroundings are shown instead of the whole chain, and how far they reach */
  const around = useUrl("around", asText);
  const up = useUrl("up", asNumber);
  const down = useUrl("down", asNumber);
  const depth = computed(() => ({ up: up.value ?? usualDepth, down: down.value ?? usualDepth }));

  const reader = () => ({ code: code.value, staff: isStaff.value, language: language.value });
  const chains = useLoading(reader, async ({ code: one }, signal) => (one ? null : fetchChains(signal)));
  const chain = useLoading(
    () => ({ ...reader(), around: around.value, ...depth.value }),
    async ({ code: one, around: node, up: above, down: below }, signal): Promise<(Chain & { around?: Around }) | null> => {
      if (!one) return null;
      return node ? fetchNeighbourhood(one, node, above, below, signal) : fetchChain(one, signal);
    },
  );
  const health = useLoading(reader, async ({ code: one, staff }, signal) => (one && staff ? { code: one, ...(await fetchHealth(one, signal)) } : null));

  /** Of the chain that is asked for; an older answer is not shown under a new name. */
  const drawn: ComputedRef<(Chain & { around?: Around }) | null> = computed(() =>
    chain.answer.value?.code === code.value && chain.answer.value?.around?.node === around.value ? chain.answer.value : null,
  );
  provideThresholds(computed(() => drawn.value?.thresholds));
  const healthy = computed(() => (health.answer.value?.code === code.value ? health.answer.value : null));
  const nodes = computed<readonly ChainNode[]>(() => drawn.value?.nodes ?? []);
  /** of every parent: itself and all below */
  const below = computed(() => new Map(nodes.value.filter(({ leaf }) => !leaf).map((one) => [one.node, withBelow(nodes.value, one.node)])));
  const byCode = computed(() => new Map(nodes.value.map((one) => [one.node, one])));
  const presence = useLoading(
    () => ({ ...reader(), region: region.value, scale: scale.value }),
    async ({ code: one, staff, region: where, scale: size }, signal) => (one && staff && (where || size) ? fetchPresence(one, { region: where, scale: size }, signal) : null),
  );
  /** firms of the region and size asked for, by node; null: not asked */
  const here = computed(() => {
    if (!region.value && !scale.value) return null;
    return presence.answer.value ? new Map(presence.answer.value.nodes.map((one) => [one.node, one])) : null;
  });
  const matched = computed(() => within(matching(nodes.value, text.value ?? "", wanted.value), here.value));
  const count = computed(() => counts(nodes.value));
  const foldedSet = computed<ReadonlySet<string>>(() => new Set(folded.value));

  const disruption = useDisruption(() => ({ code: code.value, staff: isStaff.value, language: language.value }), nodes, below);
  const name = (one: { name: string; name_en: string }): string => nameOf(one, language.value);

  function open(next: string | undefined): void {
    node.value = next;
    firm.value = undefined;
    sheet.value = undefined;
  }
  function openSheet(next: Sheet): void {
    open(undefined);
    sheet.value = next;
  }
  /** Another node in the middle; without one, the whole chain. */
  function centre(next: string | undefined): void {
    around.value = next;
    text.value = undefined;
    folded.value = [];
  }
  function fold(parent: string): void {
    folded.value = foldedSet.value.has(parent) ? folded.value.filter((one) => one !== parent) : [...folded.value, parent];
  }
  function toggle(kind: Kind): void {
    wanted.value = wanted.value.includes(kind) ? wanted.value.filter((one) => one !== kind) : [...wanted.value, kind];
  }
  function clear(): void {
    text.value = undefined;
    wanted.value = [];
    region.value = undefined;
    scale.value = undefined;
  }
  function choose(next: string | undefined): void {
    clear(); // what was just typed is not of the chain that opens
    void router.push({ name: "chains", params: { code: next ?? "" }, query: route.query.wall === "1" ? { wall: "1" } : {} });
  }

  return {
    code, node, firm, text, wanted, view, folded, foldedSet, sheet, region, scale, here, presence, around, up, down, depth, chains, chain, health, drawn, healthy, nodes,
    byCode, below, matched, count, ...disruption, name, open, openSheet, centre, fold, toggle, clear, choose,
  };
}

const key: InjectionKey<ReturnType<typeof makeChain>> = Symbol("chain");

/** What the page shows; its state is in the address. */
export function provideChain(): ReturnType<typeof makeChain> {
  const made = makeChain();
  provide(key, made);
  return made;
}

export function useChain(): ReturnType<typeof makeChain> {
  return inject(key)!;
}
