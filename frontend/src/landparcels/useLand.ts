import { computed, inject, provide, shallowRef, watch, type InjectionKey } from "vue";
import { fetchHistograms, fetchIndicators, type Indicator } from "@/api/indicators";
import { fetchIndustries, fetchProfiles, matchParcels, type MatchResult } from "@/api/parcels";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { polygonOf, type Corner } from "./drawn";
import { PLACE, placeIndicator } from "./place";
import { commonPrefix, presetWishes, questionOf, statedOwn, usualFigures, type Wish } from "./requirement";
import { useRequirement } from "./useRequirement";

/** All that the Land page knows, shared by its panel, its list and its map. */
function landState() {
  const requirement = useRequirement();
  const { language } = useSession();
  const indicators = useLoading(() => null, (_, signal) => fetchIndicators(signal));
  const within = computed(() => (requirement.area.value ? polygonOf(requirement.area.value) : undefined));
  const where = computed(() => ({
    region: requirement.region.value,
    within: within.value && JSON.stringify(within.value),
    place: requirement.place.value?.at.join(","),
  }));
  const histograms = useLoading(() => where.value, fetchHistograms);
  // A city without a list of industries can still be asked by code.
  const industries = useLoading(() => language.value, (_, signal) => fetchIndustries(signal));
  const catalogue = computed(() => {
    const known = new Map<string, Indicator>((indicators.answer.value ?? []).map((one) => [one.code, one]));
    return requirement.place.value ? known.set(PLACE, placeIndicator(requirement.place.value.name)) : known;
  });

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

  /** Something of the project is known, so that parcels can say whether they admit it. */
  const stated = computed(() => Object.keys(requirement.project.value).length > 0);
  /** The project as a parcel is asked about it. The land needed is the parcel's question to answer, not its threshold. */
  const planned = computed(() => {
    const figures = Object.entries(requirement.project.value).filter((entry): entry is [string, number] => typeof entry[1] === "number" && entry[0] !== "mu");
    const industry = prefixes.value.length === 1 ? { industry: prefixes.value[0]! } : {};
    return { ...Object.fromEntries(figures), ...statedOwn(requirement.project.value, catalogue.value), ...industry } as Record<string, number | string>;
  });
  const question = computed(() => {
    if (!indicators.answer.value || !histograms.answer.value) return null;
    return questionOf(requirement.project.value, wishes.value, catalogue.value, histograms.answer.value, {
      region: requirement.region.value,
      within: within.value,
      place: requirement.place.value?.at,
      allowUnknown: requirement.allowUnknown.value,
      admitting: requirement.admitting.value && stated.value,
      industry: commonPrefix(prefixes.value),
    });
  });
  const match = useLoading(
    () => question.value,
    (asked, signal) => (asked ? matchParcels(asked, signal) : Promise.resolve(null)),
    { delay: 200 },
  );

  /** What is asked may still change with what is on its way: the ranking is not yet the last. */
  const settling = computed(() => [indicators, histograms, match, ...(requirement.industry.value ? [industries, profiles] : [])].some(({ busy }) => busy.value));
  const results = computed<MatchResult[]>(() => match.answer.value?.results ?? []);

  /** What a click on the map means, while it does not mean a parcel; the corners of an area that is being drawn. */
  const drawing = shallowRef<"area" | "place" | null>(null);
  const draft = shallowRef<Corner[]>([]);
  function draw(what: "area" | "place" | null): void {
    drawing.value = what;
    draft.value = [];
  }
  function measureFrom(place: { at: Corner; name?: string } | undefined): void {
    const wished = wishes.value.some(({ indicator }) => indicator === PLACE);
    requirement.place.value = place;
    if (place && !wished) requirement.wishes.value = [...wishes.value, { indicator: PLACE, value: 20, must: false, weight: 1 }];
    if (!place && wished) requirement.wishes.value = wishes.value.filter(({ indicator }) => indicator !== PLACE);
  }

  /** Under the pointer or the keyboard, in the list or on the map. */
  const pointed = shallowRef<string | null>(null);
  /** Where the keyboard went: the map goes there, too. A pointer over the list leaves the map still. */
  const followed = shallowRef<string | null>(null);
  /** The map as it stands, as the address of a picture: for paper, where it cannot be drawn. */
  const pictured = shallowRef<(() => string) | null>(null);
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
    requirement, indicators, histograms, industries, profiles, catalogue, prefixes, preset, wishes, usually, question, match, settling, results,
    stated, planned, drawing, draft, draw, measureFrom, pointed, followed, pictured, setWish, dropWish,
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
