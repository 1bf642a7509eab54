import { computed, inject, provide, shallowRef, type InjectionKey } from "vue";
import { fetchOffered, fetchProjects, fetchResources, fitField, fitParcels, fitSite } from "@/api/siting";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";
import { asText, useUrl, type Codec } from "@/ui/useUrl";
import { asAmounts, asWeights, needsOf } from "./needs";

const asPlace: Codec<[number, number] | undefined> = {
  read: (text) => {
    const parts = (text ?? "").split(",").map(Number);
    return parts.length === 2 && parts.every((part) => Number.isFinite(part)) && text ? [parts[0]!, parts[1]!] : undefined;
  },
  write: (place) => place?.map((degree) => degree.toFixed(5)).join(","),
};

/** Far out the field is drawn in cells of 0.7 km², near in cells of 0.1 km². */
export const NEAR_ZOOM = 11;

/** The state of the page: the project and the chosen place in the address, the answers beside them. */
export function provideSiting() {
  const { isStaff, language } = useSession();
  const code = useUrl("project", asText);
  const amounts = useUrl("needs", asAmounts);
  const hazard = useUrl("hazard", asText);
  const node = useUrl("node", asText);
  const weights = useUrl("weights", asWeights);
  const site = useUrl("site", asPlace);
  const near = shallowRef(false);

  const needs = computed(() => needsOf(code.value, amounts.value, hazard.value, node.value));
  const projects = useLoading(() => isStaff.value, (staff, signal) => (staff ? fetchProjects(signal) : Promise.resolve([])));
  const resources = useLoading(() => isStaff.value, (staff, signal) => (staff ? fetchResources(signal) : Promise.resolve([])));
  const question = computed(() => ({ staff: isStaff.value, needs: needs.value, weights: weights.value, language: language.value }));
  const field = useLoading(
    () => ({ ...question.value, resolution: near.value ? 9 : 8 }),
    ({ staff, needs: asked, weights: by, resolution }, signal) => (staff ? fitField(asked, by, resolution, signal) : Promise.resolve(null)),
    { delay: 250 },
  );
  const judged = useLoading(
    () => ({ ...question.value, site: site.value }),
    ({ staff, needs: asked, weights: by, site: at }, signal) => (staff && at ? fitSite(asked, by, at, signal) : Promise.resolve(null)),
    { delay: 100 },
  );
  /** Parcels on offer that are large enough, ranked by how they fit; judged only when asked for, and for these needs alone. */
  const ranking = shallowRef("");
  const candidates = useLoading(
    () => ({ ...question.value, asked: ranking.value !== "" && ranking.value === JSON.stringify(question.value), least: amounts.value.land_mu }),
    async ({ needs: wanted, weights: by, asked, least }, signal) => {
      if (!asked) return null;
      const offered = new Map((await fetchOffered(least, signal)).map((one) => [one.code, one]));
      const ranked = offered.size ? await fitParcels(wanted, by, [...offered.keys()], signal) : [];
      return ranked.map((one) => ({ ...one, lng: offered.get(one.code)?.lng, lat: offered.get(one.code)?.lat }));
    },
  );
  const findCandidates = (): void => void (ranking.value = JSON.stringify(question.value));
  const siting = { isStaff, code, amounts, hazard, node, weights, site, near, candidates, findCandidates, projects, resources, field, judged };
  provide(key, siting);
  return siting;
}

const key: InjectionKey<ReturnType<typeof provideSiting>> = Symbol("siting");

export function useSiting(): ReturnType<typeof provideSiting> {
  return inject(key)!;
}
