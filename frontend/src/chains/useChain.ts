import { computed, inject, provide, type ComputedRef, type InjectionKey } from "vue";
import { useRoute, useRouter } from "vue-router";
import { fetchChain, fetchChains, fetchDisruption, fetchHealth, type Chain, type ChainNode } from "@/api/chains";
import { fetchPortrait } from "@/api/enterprises";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { asFlag, asList, asNumber, asText, useUrl, type Codec } from "@/ui/useUrl";
import { counts, kinds, matching, nameOf, type Kind } from "./filter";
import { lossesOf } from "./losses";
import { withBelow } from "./tree";

export type View = "panorama" | "table";
const asView: Codec<View> = { read: (text) => (text === "table" ? "table" : "panorama"), write: (view) => (view === "table" ? view : undefined) };
const asKinds: Codec<Kind[]> = {
  read: (text) => asList.read(text).filter((kind): kind is Kind => kinds.includes(kind as Kind)),
  write: asList.write,
};

const mostNamed = 3;

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
  const healthOpen = useUrl("health", asFlag);
  const stopped = useUrl("stop", asList);
  const round = useUrl("round", asNumber);

  const reader = () => ({ code: code.value, staff: isStaff.value, language: language.value });
  const chains = useLoading(reader, async ({ code: one }, signal) => (one ? null : fetchChains(signal)));
  const chain = useLoading(reader, async ({ code: one }, signal) => (one ? fetchChain(one, signal) : null));
  const health = useLoading(reader, async ({ code: one, staff }, signal) => (one && staff ? { code: one, ...(await fetchHealth(one, signal)) } : null));

  /** Of the chain that is asked for; an older answer is not shown under a new name. */
  const drawn: ComputedRef<Chain | null> = computed(() => (chain.answer.value?.code === code.value ? chain.answer.value : null));
  const healthy = computed(() => (health.answer.value?.code === code.value ? health.answer.value : null));
  const nodes = computed<readonly ChainNode[]>(() => drawn.value?.nodes ?? []);
  /** of every parent: itself and all below */
  const below = computed(() => new Map(nodes.value.filter(({ leaf }) => !leaf).map((one) => [one.node, withBelow(nodes.value, one.node)])));
  const byCode = computed(() => new Map(nodes.value.map((one) => [one.node, one])));
  const matched = computed(() => matching(nodes.value, text.value ?? "", wanted.value));
  const count = computed(() => counts(nodes.value));
  const foldedSet = computed<ReadonlySet<string>>(() => new Set(folded.value));

  /** 停产推演: what the chain loses when the enterprises in the address stop; staff only. */
  const disrupted = useLoading(
    () => ({ ...reader(), who: stopped.value.join(",") }),
    async ({ code: one, staff, who }, signal) => {
      if (!one || !staff || !who) return null;
      const codes = who.split(",");
      const firms = Promise.all(codes.slice(0, mostNamed).map((uscc) => fetchPortrait(uscc, signal)));
      const loss = await fetchDisruption(one, codes, signal);
      return { loss, names: (await firms).map((each) => each.name) };
    },
  );
  const losses = computed(() => (disrupted.answer.value && stopped.value.length ? lossesOf(nodes.value, below.value, disrupted.answer.value.loss, round.value) : null));
  /** One more enterprise stops, or goes on again. */
  function stop(uscc: string): void {
    stopped.value = stopped.value.includes(uscc) ? stopped.value.filter((one) => one !== uscc) : [...stopped.value, uscc];
    round.value = undefined;
  }
  function endDisruption(): void {
    stopped.value = [];
    round.value = undefined;
  }

  const name = (one: { name: string; name_en: string }): string => nameOf(one, language.value);

  function open(next: string | undefined): void {
    node.value = next;
    firm.value = undefined;
    healthOpen.value = false;
  }
  function openHealth(): void {
    open(undefined);
    healthOpen.value = true;
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
  }
  function choose(next: string | undefined): void {
    void router.push({ name: "chains", params: { code: next ?? "" }, query: route.query.wall === "1" ? { wall: "1" } : {} });
  }

  return {
    code, node, firm, text, wanted, view, folded, foldedSet, healthOpen, chains, chain, health, drawn, healthy, nodes, byCode, below, matched, count,
    stopped, round, disrupted, losses, stop, endDisruption, name, open, openHealth, fold, toggle, clear, choose,
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
