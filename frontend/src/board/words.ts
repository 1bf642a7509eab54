import type { Likeness, Post } from "@/api/board";
import type { Language } from "@/api/session";

/** `12,000 件`; blank where it is not said. */
export const amountOf = ({ quantity, unit_name }: Pick<Post, "quantity" | "unit_name">, language: Language): string =>
  quantity === null ? "" : `${quantity.toLocaleString(language === "en" ? "en" : "zh-CN", { maximumFractionDigits: 2 })} ${unit_name}`;

/** Why a name was found, with how sure that is where it is only similar. */
export function whyOf(likeness: Likeness | null, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (!likeness) return t("board.why.node");
  const words = t(`board.why.${likeness.how}`, { through: likeness.through });
  return likeness.how === "exact" || likeness.how === "synonym" ? words : `${words} ${likeness.value.toFixed(2)}`;
}
