import { computed, inject, provide, shallowRef, watch, type InjectionKey } from "vue";
import { fetchHistograms, fetchIndicators, type Indicator } from "@/api/indicators";
import { fetchIndustries, fetchProfiles, matchParcels, type MatchResult } from "@/api/parcels";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { commonPrefix, presetWishes, questionOf, usualFigures, type Wish } from "./requirement";
import { useRequirement } from "./useRequirement";

/** All that the Land page knows, shared by its panel, its list and its map. */
function landState() {
  const requirement = useRequirement();
  const { language } = useSession();
  const indicators = useLoading(() => null, (_, signal) => fetchIndicators(signal));
  const histograms = useLoading(() => requirement.region.value, (region, signal) => fetchHistograms(region, signal));
  // A city without a list of industries can still be asked by code.
  const industries = useLoading(() => language.value, (_, signal) => fetchIndustries(signal));
  const catalogue = computed(() => new Map<string, Indicator>((indicators.answer.value ?? []).map((one) => [one.code, one])));

  const prefixes = computed(() => {
    const asked = requirement.industry.value;
    if (!asked) return [];
    const known = industries.answer.value?.find(({ code }) => code === asked);
    if (known) return known.prefixes;
    return /^\d{2,4}$/.test(asked) ? [asked] : [];
  });
  const profiles = useLoading(
    () => prefixes.value[0] ?? "",
    (scope, signal) => (scope ? fetchProfiles(scope, signal) : Promise.resolve([])),
  );
  const preset = computed(() => presetWishes(profiles.answer.value ?? [], requirement.project.value, catalogue.value));
  const wishes = computed<Wish[]>(() => requirement.wishes.value ?? preset.value);
  const usually = computed(() => usualFigures(profiles.answer.value ?? [], requirement.project.value));

  const question = computed(() => {
    if (!indicators.answer.value || !histograms.answer.value) return null;
    return questionOf(requirement.project.value, wishes.value, catalogue.value, histograms.answer.value, {
      region: requirement.region.value,
      allowUnknown: requirement.allowUnknown.value,
      industry: commonPrefix(prefixes.value),
    });
  });
  const match = useLoading(
    () => JSON.stringify(question.value),
    (_, signal) => (question.value ? matchParcels(question.value, signal) : Promise.resolve(null)),
    { delay: 200 },
  );

  const onlyAdmitted = shallowRef(false);
  const admitted = ({ admission }: MatchResult): boolean => !admission || (admission.failed === 0 && admission.industry !== "excluded");
  const results = computed(() => {
    const all = match.answer.value?.results ?? [];
    return onlyAdmitted.value ? all.filter(admitted) : all;
  });
  const admittedCount = computed(() => (match.answer.value?.results ?? []).filter(admitted).length);

  /** Under the pointer or the keyboard, in the list or on the map. */
  const pointed = shallowRef<string | null>(null);
  /** Where the keyboard went: the map goes there, too. A pointer over the list leaves the map still. */
  const followed = shallowRef<string | null>(null);
  watch(results, (now) => {
    if (pointed.value && !now.some(({ code }) => code === pointed.value)) pointed.value = null;
  });

  function setWish(next: Wish): void {
    const rest = wishes.value;
    const known = rest.some(({ indicator }) => indicator === next.indicator);
    requirement.wishes.value = known ? rest.map((one) => (one.indicator === next.indicator ? next : one)) : [...rest, next];
  }

  function dropWish(indicator: string): void {
    requirement.wishes.value = wishes.value.filter((one) => one.indicator !== indicator);
  }

  return {
    requirement, indicators, histograms, industries, catalogue, prefixes, preset, wishes, usually, match, results,
    onlyAdmitted, admittedCount, pointed, followed, setWish, dropWish,
  };
}

export type Land = ReturnType<typeof landState>;
const key: InjectionKey<Land> = Symbol("land");

export function provideLand(): Land {
  const land = landState();
  provide(key, land);
  return land;
}

export function useLand(): Land {
  const land = inject(key);
  if (!land) throw new Error("useLand is for parts of the Land page");
  return land;
}
