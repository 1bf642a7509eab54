import { useI18n } from "vue-i18n";
import type { Measured, Milestone } from "@/api/commitments";
import { day } from "@/geo/days";
import { named } from "@/geo/names";
import { sentence } from "@/geo/units";
import { useSession } from "@/stores/session";

/** Dates and results in words, in the language of the page. */
export function useFulfilmentWords() {
  const { t } = useI18n();
  const { language } = useSession();

  function standing(one: Milestone): string {
    if (one.met_on && one.due && one.met_on > one.due) {
      return t("fulfilment.metLate", { days: Math.round((Date.parse(one.met_on) - Date.parse(one.due)) / 86_400_000) });
    }
    if (one.met_on) return t(one.due ? "fulfilment.metInTime" : "fulfilment.metNoDue");
    if (one.days === null) return t("fulfilment.noDue");
    if (one.days === 0) return t("fulfilment.dueToday");
    return one.days < 0 ? t("fulfilment.late", { days: -one.days }) : t("fulfilment.left", { days: one.days });
  }

  /** "达标", "差 20.0%", with the period to put it right. */
  function outcome(one: Measured): string {
    const short = one.outcome !== "met" && one.outcome !== "waiting" && one.outcome !== "returned" && one.short_by !== null;
    const parts = [t(`fulfilment.outcomes.${one.outcome}`)];
    if (short) parts.push(t("fulfilment.shortBy", { share: sentence(100 * one.short_by!, "%", language.value) }));
    if (one.rectify_until) parts.push(t("fulfilment.until", { day: one.rectify_until }));
    return parts.join(" · ");
  }

  const inWords = (zh: string | null | undefined, en: string | null | undefined): string => named(zh, en, language.value);
  const written = (value: number | null | undefined, unit: string): string => sentence(value, unit, language.value);
  const dated = (moment: string): string => day(moment, language.value);
  return { standing, outcome, named: inWords, written, day: dated, language };
}
