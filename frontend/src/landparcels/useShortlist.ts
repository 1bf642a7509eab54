import { computed, inject, provide, type InjectionKey } from "vue";
import { fetchComparison } from "@/api/comparison";
import { categories } from "@/map/palettes";
import { asFlag, asList, useUrl } from "@/ui/useUrl";
import { useLoading } from "@/ui/useLoading";
import { letter, MOST, tidy, toggled } from "./shortlist";

/** The parcels put aside; they stand in the address, so that a link shares them. */
function shortlistState() {
  const inAddress = useUrl("short", asList);
  const comparing = useUrl("compare", asFlag);
  const codes = computed(() => tidy(inAddress.value));
  const comparison = useLoading(
    () => codes.value,
    (asked, signal) => (asked.length ? fetchComparison(asked, signal) : Promise.resolve(null)),
  );
  /** Without what was taken off while its answer is on the way. */
  const compared = computed(() => {
    const answer = comparison.answer.value;
    return answer && { ...answer, results: answer.results.filter(({ code }) => codes.value.includes(code)) };
  });
  const marked = computed(() =>
    (compared.value?.results ?? []).map((parcel, at) => ({ ...parcel, letter: letter(at), colour: categories[at]! })),
  );
  const isFull = computed(() => codes.value.length >= MOST);

  function toggle(code: string): void {
    inAddress.value = toggled(codes.value, code);
    if (codes.value.length <= 1 && codes.value.includes(code)) comparing.value = false;
  }

  function clear(): void {
    inAddress.value = [];
    comparing.value = false;
  }

  return { codes, comparing, comparison, compared, marked, isFull, toggle, clear, has: (code: string) => codes.value.includes(code) };
}

export type Shortlist = ReturnType<typeof shortlistState>;
const key: InjectionKey<Shortlist> = Symbol("shortlist");

export function provideShortlist(): Shortlist {
  const shortlist = shortlistState();
  provide(key, shortlist);
  return shortlist;
}

export function useShortlist(): Shortlist {
  const shortlist = inject(key);
  if (!shortlist) throw new Error("useShortlist is for parts of the Land page");
  return shortlist;
}
