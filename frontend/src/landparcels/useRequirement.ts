import { computed, type ComputedRef, type WritableComputedRef } from "vue";
import { asFlag, asNumber, asText, useUrl, type Codec } from "@/ui/useUrl";
import { readArea, readPlace, writeArea, writePlace, type Corner, type Place } from "./drawn";
import { mainFigures, otherFigures, readOwn, readWishes, writeOwn, writeWishes, type FigureName, type Project, type Wish } from "./requirement";

const asWishes: Codec<Wish[] | undefined> = {
  read: (text) => (text === undefined ? undefined : readWishes(text)),
  write: (wishes) => (wishes === undefined ? undefined : writeWishes(wishes)),
};

const asArea: Codec<Corner[] | undefined> = {
  read: (text) => (text === undefined ? undefined : readArea(text)),
  write: (corners) => (corners === undefined ? undefined : writeArea(corners)),
};
const asPlace: Codec<Place | undefined> = {
  read: (text) => (text === undefined ? undefined : readPlace(text)),
  write: (place) => (place === undefined ? undefined : writePlace(place)),
};

const asOwn: Codec<Record<string, number>> = { read: readOwn, write: writeOwn };

export interface Requirement {
  industry: WritableComputedRef<string | undefined>;
  figures: Record<FigureName, WritableComputedRef<number | undefined>>;
  /** of the city's own admission indicators, by code */
  own: WritableComputedRef<Record<string, number>>;
  project: ComputedRef<Project>;
  /** undefined while they are the preset's */
  wishes: WritableComputedRef<Wish[] | undefined>;
  region: WritableComputedRef<string | undefined>;
  /** drawn on the map */
  area: WritableComputedRef<Corner[] | undefined>;
  /** what `place_km` is measured from */
  place: WritableComputedRef<Place | undefined>;
  /** only parcels that would admit the project */
  admitting: WritableComputedRef<boolean>;
  allowUnknown: WritableComputedRef<boolean>;
}

/** The requirement as it stands in the address, so that it can be sent to someone. */
export function useRequirement(): Requirement {
  const industry = useUrl("industry", asText);
  const names: readonly FigureName[] = [...mainFigures, ...otherFigures];
  const figures = Object.fromEntries(names.map((name) => [name, useUrl(name, asNumber)])) as Requirement["figures"];
  const own = useUrl("own", asOwn);
  const project = computed<Project>(() => ({
    industry: industry.value,
    ...(Object.keys(own.value).length ? { own: own.value } : {}),
    ...Object.fromEntries(names.flatMap((name) => (figures[name].value === undefined ? [] : [[name, figures[name].value]]))),
  }));
  return {
    industry,
    figures,
    own,
    project,
    wishes: useUrl("want", asWishes),
    region: useUrl("region", asText),
    area: useUrl("area", asArea),
    place: useUrl("place", asPlace),
    admitting: useUrl("admit", asFlag),
    allowUnknown: useUrl("unknown", asFlag),
  };
}
