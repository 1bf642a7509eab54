import { computed, type ComputedRef } from "vue";
import { fetchDisruption, type ChainNode } from "@/api/chains";
import { fetchPortrait } from "@/api/enterprises";
import { useLoading } from "@/ui/useLoading";
import { asList, asNumber, useUrl, type Codec } from "@/ui/useUrl";
import { lossesOf } from "./losses";

const mostNamed = 3;

/** `node:share` pairs, shares in percent. */
const asShares: Codec<Record<string, number>> = {
  read: (text) =>
    Object.fromEntries(
      asList.read(text).flatMap((pair) => {
        const at = pair.lastIndexOf(":");
        const share = Number(pair.slice(at + 1)) / 100;
        return at > 0 && share > 0 && share <= 1 ? [[pair.slice(0, at), share] as const] : [];
      }),
    ),
  write: (shares) => asList.write(Object.entries(shares).map(([node, share]) => `${node}:${Math.round(100 * share)}`)),
};

interface Reader {
  code: string | undefined;
  staff: boolean;
  language: string;
}

/** 停产推演: what the chain loses when firms, parks, regions or imports stop; all of it is in the address, staff only. */
export function useDisruption(reader: () => Reader, nodes: ComputedRef<readonly ChainNode[]>, below: ComputedRef<ReadonlyMap<string, ReadonlySet<string>>>) {
  const stopped = useUrl("stop", asList);
  const parks = useUrl("stopzone", asList);
  const districts = useUrl("stopregion", asList);
  const outside = useUrl("stopimport", asShares);
  const round = useUrl("round", asNumber);
  const disrupting = computed(() => stopped.value.length + parks.value.length + districts.value.length + Object.keys(outside.value).length > 0);

  const disrupted = useLoading(
    () => ({ ...reader(), asked: disrupting.value, stops: { enterprises: stopped.value, zones: parks.value, regions: districts.value, outside: outside.value } }),
    async ({ code, staff, asked, stops }, signal) => {
      if (!code || !staff || !asked) return null;
      const firms = stops.enterprises.slice(0, mostNamed).map((uscc) => fetchPortrait(uscc, signal));
      const [loss, ...named] = await Promise.all([fetchDisruption(code, stops, signal), ...firms]);
      return { loss, names: named.map((each) => each.name) };
    },
  );
  const losses = computed(() => (disrupting.value && disrupted.answer.value ? lossesOf(nodes.value, below.value, disrupted.answer.value.loss, round.value) : null));

  function toggled(list: readonly string[], one: string): string[] {
    round.value = undefined;
    return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  }
  /** One more firm stops, or goes on again; likewise below. */
  const stop = (uscc: string): void => void (stopped.value = toggled(stopped.value, uscc));
  const stopPark = (code: string): void => void (parks.value = toggled(parks.value, code));
  const stopDistrict = (adcode: string): void => void (districts.value = toggled(districts.value, adcode));
  /** A share of what a node imports fails to come, 0..1; 0: none. */
  function stopImports(node: string, share: number): void {
    const others = Object.fromEntries(Object.entries(outside.value).filter(([code]) => code !== node));
    outside.value = share > 0 ? { ...others, [node]: share } : others;
    round.value = undefined;
  }
  function endDisruption(): void {
    stopped.value = [];
    parks.value = [];
    districts.value = [];
    outside.value = {};
    round.value = undefined;
  }
  return { stopped, parks, districts, outside, round, disrupting, disrupted, losses, stop, stopPark, stopDistrict, stopImports, endDisruption };
}
