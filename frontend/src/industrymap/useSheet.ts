import { computed, inject, provide, ref, type InjectionKey } from "vue";
import { useRoute, useRouter } from "vue-router";
import { fetchIndustries, fetchSheet, sizes, type Size } from "@/api/industries";
import { readCamera } from "@/map/camera";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { asText, useUrl, type Codec } from "@/ui/useUrl";

export const views = ["density", "quotient", "firms"] as const;
export type View = (typeof views)[number];

/** One of some words; the first is the usual one and stays out of the address. */
function oneOf<const T extends string>(choices: readonly [T, ...T[]]): Codec<T> {
  return {
    read: (text) => choices.find((choice) => choice === text) ?? choices[0],
    write: (value) => (value === choices[0] ? undefined : value),
  };
}

/** H3 resolution at a zoom: hexagons that can be told apart. */
export const resolutionAt = (zoom: number): number => (zoom < 7.7 ? 6 : zoom < 9 ? 7 : zoom < 11.5 ? 8 : 9);
export const hexagonKm2: Record<number, number> = { 6: 36, 7: 5, 8: 0.7, 9: 0.1 };

function makeSheet() {
  const route = useRoute();
  const router = useRouter();
  const { isStaff, language } = useSession();
  const code = computed(() => (typeof route.params.industry === "string" && route.params.industry ? route.params.industry : undefined));
  const size = useUrl<Size>("size", oneOf(sizes));
  const view = useUrl<View>("view", oneOf(views));
  const district = useUrl("district", asText);
  const firm = useUrl("firm", asText);
  const camera = useUrl("at", asText);
  const zoom = computed(() => readCamera(camera.value)?.zoom ?? 8.5);
  const resolution = computed(() => resolutionAt(zoom.value));

  const industries = useLoading(() => [isStaff.value, language.value], (_, signal) => fetchIndustries(signal));
  const industry = computed(() => industries.answer.value?.find((one) => one.code === code.value));
  /** null while no industry is chosen, and for visitors: the live sheet is for staff. */
  const sheet = useLoading(
    () => ({ code: code.value, size: size.value, resolution: resolution.value, staff: isStaff.value, language: language.value }),
    async ({ code: asked, size: by, resolution: at, staff }, signal) => (asked && staff ? fetchSheet(asked, by, at, signal) : null),
  );
  /** Of the industry that is asked for; an older answer is not shown under a new name. */
  const drawn = computed(() => (sheet.answer.value?.industry.code === code.value ? sheet.answer.value : null));

  /** The cluster that the list or the map points at. */
  const pointed = ref<number | null>(null);
  /** The cluster to bring into view; a new object each time, so that a second click counts. */
  const wanted = ref<{ at: number } | null>(null);

  function choose(next: string | undefined): void {
    const query = { ...route.query, district: undefined, firm: undefined };
    void router.push({ name: "maps", params: { industry: next ?? "" }, query });
  }
  return { code, size, view, district, firm, zoom, resolution, industries, industry, sheet, drawn, pointed, wanted, choose };
}

const key: InjectionKey<ReturnType<typeof makeSheet>> = Symbol("sheet");

/** What the page shows; its state is in the address. */
export function provideSheet(): ReturnType<typeof makeSheet> {
  const made = makeSheet();
  provide(key, made);
  return made;
}

export function useSheet(): ReturnType<typeof makeSheet> {
  return inject(key)!;
}
