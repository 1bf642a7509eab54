import { request } from "@/api/client";
import { list, nullable, object, optional, text, type Of } from "@/api/shape";
import { nameOf } from "@/geo/names";
import { useSession } from "@/stores/session";
import { useLoading } from "@/ui/useLoading";

const region = object({ adcode: text, name: text, name_en: optional(text), level: text, parent: nullable(text) });
export type RegionRow = Of<typeof region>;

/** They come whole, parents before children. */
const fetchRegions = async (): Promise<RegionRow[]> => (await request("regions/", object({ results: list(region) }))).results;

let rows: Promise<RegionRow[]> | undefined;

/** Names of regions by code; asked for once. */
export function useRegions() {
  const { language } = useSession();
  const { answer, error, reload } = useLoading(
    () => null,
    () => (rows ??= fetchRegions().catch((error: unknown) => {
      rows = undefined;
      throw error;
    })),
  );
  const regionName = (adcode: string | null | undefined): string => {
    const found = answer.value?.find((one) => one.adcode === adcode);
    return found ? nameOf(found, language.value) : (adcode ?? "");
  };
  return { regions: answer, failed: error, reload, regionName };
}
