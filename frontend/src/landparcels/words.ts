import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { Criterion } from "@/api/parcels";
import type { Chosen } from "@/api/values";
import { comma } from "@/geo/names";
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
  const optionOf = (code: string, choice: string): string => {
    const option = catalogue.value.get(code)?.options.find((one) => one.code === choice);
    return option ? (language.value === "en" ? option.en : option.zh) : choice;
  };
  /** Yes, no, or the names of what was chosen. */
  const chosenWords = (code: string, chosen: Chosen): string =>
    typeof chosen === "boolean"
      ? t(chosen ? "indicators.yes" : "indicators.no")
      : (Array.isArray(chosen) ? chosen : [chosen]).map((choice) => optionOf(code, choice)).join(comma(language.value));
  const valueOf = (code: string, value: number | null, chosen?: Chosen | null): string => {
    if (chosen !== null && chosen !== undefined) return chosenWords(code, chosen);
    return value === null ? t("land.unknownValue") : sentence(value, unitOf(code), language.value);
  };
  /** "距高速出入口 2.1 公里" */
  const said = ({ indicator, value, chosen }: Pick<Criterion, "indicator" | "value"> & { chosen?: Chosen | null }): string =>
    `${nameOf(indicator)} ${valueOf(indicator, value, chosen)}`;

  return { nameOf, unitOf, optionOf, chosenWords, valueOf, said, language: computed(() => language.value) };
}
