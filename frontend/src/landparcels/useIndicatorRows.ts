import { computed, type ComputedRef } from "vue";
import { useI18n } from "vue-i18n";
import type { Indicator } from "@/api/indicators";
import type { IndicatorDetail, Parcel } from "@/api/parcels";
import { named } from "@/geo/names";
import { sentence } from "@/geo/units";
import { useSession } from "@/stores/session";
import { byGroup, type Group } from "./groups";
import { useLand } from "./useLand";

export interface IndicatorRow {
  indicator: Indicator;
  detail: IndicatorDetail;
}

/** All indicators of a parcel by group. */
export function useIndicatorRows(parcel: () => Parcel): ComputedRef<Group<IndicatorRow>[]> {
  const { language } = useSession();
  const { indicators } = useLand();
  return computed(() =>
    byGroup(indicators.answer.value, language.value, (indicator): IndicatorRow | undefined => {
      const detail = parcel().indicators[indicator.code];
      return detail && { indicator, detail };
    }),
  );
}

export const isKnown = ({ detail: { value, chosen } }: IndicatorRow): boolean => value !== null || (chosen ?? null) !== null;

/** Where a figure comes from and why one is unknown, in words. */
export function useRowWords() {
  const { t } = useI18n();
  const { language } = useSession();

  const inLanguage = (zh?: string, en?: string): string => named(zh ?? en, en, language.value);
  const whyUnknown = ({ detail }: IndicatorRow): string =>
    detail.expired && detail.origin === "regional" ? t("indicators.regionalEnded", { day: detail.valid_to }) : t(`land.whyUnknown.${detail.origin}`);

  /** "5 公里内 2 处", "胶东机场（位置示意） · 直线" */
  function where({ detail }: IndicatorRow): string {
    const parts: string[] = [];
    if (detail.region_name) parts.push(t("land.ofRegion", { region: inLanguage(detail.region_name, detail.region_name_en) }));
    if (detail.reach_km && detail.sources !== undefined) parts.push(t("land.withinReach", { km: detail.reach_km, n: detail.sources }));
    else if (detail.reach_km) parts.push(t("land.withinKm", { km: detail.reach_km }));
    if (detail.facility) parts.push(inLanguage(detail.facility.name, detail.facility.name_en) + (detail.facility.approximate ? ` ${t("land.approximate")}` : ""));
    if (detail.distance) parts.push(t(`parcelpage.distance.${detail.distance}`));
    return parts.join(" · ");
  }

  /** What all sources within reach have together, and the second of them. */
  function together({ detail, indicator: { unit } }: IndicatorRow): string {
    if (detail.total === undefined || detail.total === null || (detail.sources ?? 0) < 2) return "";
    const parts = [t("land.totalInReach", { amount: sentence(detail.total, unit, language.value) })];
    if (detail.second?.amount) parts.push(t("land.secondSource", { amount: sentence(detail.second.amount, unit, language.value) }));
    return parts.join(" · ");
  }

  return { inLanguage, whyUnknown, where, together };
}
