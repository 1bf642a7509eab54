import { computed, type Ref } from "vue";
import { fetchTargets, states, type TargetFilter } from "@/api/targets";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { asFlag, asText, useUrl } from "@/ui/useUrl";

/** The followed firms with the filters of the page, which stand in its address; states are counted and chosen here. */
export function useTargets(active: Ref<boolean>) {
  const { user, isStaff, language } = useSession();
  const state = useUrl("state", asText);
  const chain = useUrl("chain", asText);
  const region = useUrl("region", asText);
  const text = useUrl("q", asText);
  const mine = useUrl("mine", asFlag);
  const overdue = useUrl("overdue", asFlag);

  const filter = computed<TargetFilter>(() => ({
    state: states.find((name) => name === state.value),
    chain: chain.value,
    region: region.value,
    q: text.value,
    owner: mine.value ? user.value?.username : undefined,
    overdue: overdue.value ? "true" : undefined,
  }));
  const filtered = computed(() => Object.values(filter.value).some((value) => value !== undefined));
  const { answer, error, busy, reload } = useLoading(
    () => ({ filter: { ...filter.value, state: undefined }, active: active.value && isStaff.value, language: language.value }),
    ({ filter, active }, signal) => (active ? fetchTargets(filter, signal) : Promise.resolve(null)),
    { delay: 200 },
  );
  const rows = computed(() => (answer.value?.results ?? []).filter((row) => (state.value ? row.state === state.value : row.state !== "dropped")));
  const counts = computed(() => new Map(states.map((name) => [name, (answer.value?.results ?? []).filter((row) => row.state === name).length])));

  function clear(): void {
    state.value = chain.value = region.value = text.value = undefined;
    mine.value = overdue.value = false;
  }

  return { state, chain, region, text, mine, overdue, filter, filtered, clear, rows, counts, answer, error, busy, reload };
}
