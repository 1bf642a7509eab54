import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { Criterion } from "@/api/parcels";
import { sentence } from "@/geo/units";
import { useSession } from "@/stores/session";
import { useLand } from "./useLand";

/** How criteria and indicators are said. `area_mu` is not in the catalogue. */
export function useIndicatorWords() {
  const { t } = useI18n();
  const { language } = useSession();
  const { catalogue } = useLand();

  const nameOf = (code: string): string => {
    if (code === "area_mu") return t("land.area");
    const indicator = catalogue.value.get(code);
    return indicator ? (language.value === "en" ? indicator.name_en : indicator.name_zh) : code;
  };
  const unitOf = (code: string): string => (code === "area_mu" ? "mu" : (catalogue.value.get(code)?.unit ?? "1"));
  const valueOf = (code: string, value: number | null): string =>
    value === null ? t("land.unknownValue") : sentence(value, unitOf(code), language.value);
  /** "距高速出入口 2.1 公里" */
  const said = ({ indicator, value }: Pick<Criterion, "indicator" | "value">): string => `${nameOf(indicator)} ${valueOf(indicator, value)}`;

  return { nameOf, unitOf, valueOf, said, language: computed(() => language.value) };
}
