import { computed, inject, provide, type ComputedRef, type InjectionKey } from "vue";
import type { Thresholds } from "@/api/chains";
import { useSession } from "@/stores/session";
import { sentence } from "@/geo/units";

/** Those of the method: what holds until a chain says which it was judged by. */
const usual: Thresholds = { version: 0, weak_rate: 0.6, strong_lq: 1.5, single_source: 0.7, chokepoint: 0.3, unknown_barrier: 0.5 };

const key: InjectionKey<ComputedRef<Thresholds | undefined>> = Symbol("thresholds");

export function provideThresholds(thresholds: ComputedRef<Thresholds | undefined>): void {
  provide(key, thresholds);
}

/** The thresholds behind what is shown, and their numbers for sentences. */
export function useThresholds() {
  const { language } = useSession();
  const given = inject(key, undefined);
  const thresholds = computed(() => given?.value ?? usual);
  const percent = (share: number): string => sentence(100 * share, "%", language.value).replace(/\.0%$/, "%");
  const words = computed(() => ({
    weak: percent(thresholds.value.weak_rate),
    strong: String(thresholds.value.strong_lq),
    single: percent(thresholds.value.single_source),
    choke: thresholds.value.chokepoint.toFixed(2),
    barrier: String(thresholds.value.unknown_barrier),
    version: String(thresholds.value.version),
  }));
  return { thresholds, words };
}
