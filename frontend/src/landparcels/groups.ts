import type { Indicator } from "@/api/indicators";
import { named } from "@/geo/names";
import type { Locale } from "@/geo/units";

export interface Group<T> {
  group: Indicator["group"];
  name: string;
  rows: T[];
}

/** Indicators by group, both in the catalogue's order; `rowOf` says what is shown of one, nothing leaves it out. Pure. */
export function byGroup<T>(indicators: readonly Indicator[] | null, locale: Locale, rowOf: (indicator: Indicator) => T | undefined): Group<T>[] {
  const groups = new Map<Indicator["group"], Group<T>>();
  for (const indicator of indicators ?? []) {
    const row = rowOf(indicator);
    if (row === undefined) continue;
    const { group } = indicator;
    const held = groups.get(group) ?? { group, name: named(indicator.group_zh, indicator.group_en, locale), rows: [] };
    groups.set(group, { ...held, rows: [...held.rows, row] });
  }
  return [...groups.values()];
}
