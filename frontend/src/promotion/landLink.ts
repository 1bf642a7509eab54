import type { LocationQueryRaw } from "vue-router";
import type { Indicator } from "@/api/indicators";
import type { RequirementProfile } from "@/api/parcels";
import { presetWishes, writeWishes } from "@/landparcels/requirement";

/** The requirement of a node, else of the firm's industry, as the Land page keeps it in its address. Pure. */
export function landQuery(ofNode: RequirementProfile[], ofIndustry: RequirementProfile[], industry: string, catalogue: ReadonlyMap<string, Indicator>): LocationQueryRaw {
  const wishes = presetWishes(ofNode.length ? ofNode : ofIndustry, {}, catalogue);
  return {
    ...(industry ? { industry } : {}),
    ...(wishes.length ? { want: writeWishes(wishes) } : {}),
  };
}
