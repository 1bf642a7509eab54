import { computed, inject, provide, shallowRef, type InjectionKey } from "vue";
import { fetchProjects, fetchResources, fitField, fitSite, type Candidate } from "@/api/siting";
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
  const candidates = shallowRef<Candidate[] | null>(null);

  const needs = computed(() => needsOf(code.value, amounts.value, hazard.value, node.value));
  const projects = useLoading(() => isStaff.value, (staff, signal) => (staff ? fetchProjects(signal) : Promise.resolve([])));
  const resources = useLoading(() => isStaff.value, (staff, signal) => (staff ? fetchResources(signal) : Promise.resolve([])));
  /** What was asked, as one text: the address is read anew at every change, so its objects are never the same. */
  const question = computed(() => JSON.stringify([isStaff.value, needs.value, weights.value, language.value]));
  const field = useLoading(
    () => `${question.value} ${near.value ? 9 : 8}`,
    (_, signal) => (isStaff.value ? fitField(needs.value, weights.value, near.value ? 9 : 8, signal) : Promise.resolve(null)),
    { delay: 250 },
  );
  const judged = useLoading(
    () => `${question.value} ${site.value?.join() ?? ""}`,
    (_, signal) => (isStaff.value && site.value ? fitSite(needs.value, weights.value, site.value, signal) : Promise.resolve(null)),
    { delay: 100 },
  );
  const siting = { isStaff, code, amounts, hazard, node, weights, site, near, candidates, needs, question, projects, resources, field, judged };
  provide(key, siting);
  return siting;
}

const key: InjectionKey<ReturnType<typeof provideSiting>> = Symbol("siting");

export function useSiting(): ReturnType<typeof provideSiting> {
  return inject(key)!;
}
