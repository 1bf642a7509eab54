/** How numbers are written. Pure: no Vue, no words of the interface but the units themselves. */

export type Locale = "zh-CN" | "en";

/** A number as it is shown: the digits and the unit apart, so that columns can align. */
export interface Written {
  digits: string;
  unit: string;
}

/** Units as the server names them, in Chinese. In English they are shown as they are, but for these few. */
const chinese: Record<string, string> = {
  "1": "",
  count: "项",
  "10k CNY": "万元",
  "100M CNY": "亿元",
  "10k CNY/mu": "万元/亩",
  "10k CNY/mu/yr": "万元/亩·年",
  "10k CNY/yr": "万元/年",
  "10k CNY/tce": "万元/吨标煤",
  "10k CNY/t": "万元/吨",
  "10k CNY/person": "万元/人",
  "pieces/100 persons": "件/百人",
  firms: "家",
  "CNY/kWh": "元/千瓦时",
  "CNY/m3": "元/m³",
  "CNY/t": "元/吨",
  "CNY/m2/yr": "元/㎡·年",
  "CNY/month": "元/月",
  "CNY/person": "元/人",
  "kg/10k CNY": "千克/万元",
  "m3/10k CNY": "m³/万元",
  "tce/10k CNY": "吨标煤/万元",
  tce: "吨标煤",
  "tce/yr": "吨标煤/年",
  "m3/d": "m³/日",
  "m3/h": "m³/小时",
  "m3/yr": "m³/年",
  m3: "m³",
  m2: "㎡",
  "t/h": "吨/小时",
  month: "个月",
  mu: "亩",
  persons: "人",
  "persons/mu": "人/亩",
  "persons/yr": "人/年",
  units: "套",
  yr: "年",
  km: "公里",
  m: "米",
};

const english: Record<string, string> = { "1": "", count: "", yr: "years", month: "months" };

/** A city's own units are quotients of these. */
const chineseParts: Record<string, string> = { CNY: "元", "10k CNY": "万元", mu: "亩", m2: "㎡", m3: "m³", t: "吨", kg: "千克", tce: "吨标煤", tCO2: "吨CO₂", month: "月", yr: "年", d: "日", h: "小时", person: "人", persons: "人" };
/** A unit that begins with a number is set off from the digits before it. */
const englishParts = (unit: string): string => unit.replace(/^(?=\d+[kM] )/, "×").replace(/m3/g, "m³").replace(/m2/g, "m²").replace(/CO2/g, "CO₂");

export function unitName(unit: string, locale: Locale): string {
  if (locale === "zh-CN") return chinese[unit] ?? unit.split("/").map((part) => chineseParts[part] ?? part).join("/");
  return english[unit] ?? englishParts(unit);
}

const decimals = new Map<string, number>([
  ["%", 1],
  ["count", 0],
  ["persons", 0],
  ["persons/yr", 0],
  ["units", 0],
  ["firms", 0],
  ["yr", 0],
  ["month", 0],
]);

/** As many decimals as the size deserves; a small share of a big unit is never rounded to 0. */
function decimalsFor(value: number, unit: string): number {
  const fixed = decimals.get(unit);
  if (fixed !== undefined) return fixed;
  const size = Math.abs(value);
  if (unit === "mu") return size < 100 ? 1 : 0;
  if (size === 0 || size >= 1000) return 0;
  if (size >= 10 || (unit === "km" && size >= 1)) return 1;
  if (size >= 1) return 2;
  return Math.min(6, 1 - Math.floor(Math.log10(size)));
}

const written = new Map<string, Intl.NumberFormat>();

function digits(value: number, most: number, least: number, locale: Locale): string {
  const key = `${locale}${most}${least}`;
  const format =
    written.get(key) ??
    new Intl.NumberFormat(locale, { maximumFractionDigits: most, minimumFractionDigits: least, useGrouping: "always" });
  written.set(key, format);
  return format.format(value);
}

/** The number with its unit; 万元 turns to 亿元 (in English to billions) from 10,000. Unknown is a dash, never 0. */
export function write(value: number | null | undefined, unit: string, locale: Locale): Written {
  if (value === null || value === undefined || !Number.isFinite(value)) return { digits: "—", unit: "" };
  if (unit === "10k CNY" && Math.abs(value) >= 10_000) {
    if (locale === "en") return { digits: digits(value / 100_000, 2, 0, locale), unit: "bn CNY" };
    return { digits: digits(value / 10_000, 2, 0, locale), unit: unitName("100M CNY", locale) };
  }
  // Nobody reads 5,638 times ten thousand as 56 million.
  if (unit === "10k CNY" && locale === "en") {
    const millions = Math.abs(value) >= 100;
    const amount = millions ? value / 100 : value * 10;
    return { digits: digits(amount, decimalsFor(amount, "1"), 0, locale), unit: millions ? "M CNY" : "k CNY" };
  }
  return { digits: digitsIn(value, unit, locale), unit: unitName(unit, locale) };
}

/** The number alone, in this very unit: where the unit stands once for a whole row, table or axis. */
export function digitsIn(value: number, unit: string, locale: Locale): string {
  const most = decimalsFor(value, unit);
  const least = unit === "%" || (unit === "mu" && most === 1) ? most : 0;
  return digits(value, most, least, locale);
}

/** A number of things, for sentences that name them. */
export const whole = (value: number | null | undefined, locale: Locale): string => write(value, "1", locale).digits;

/** In one piece, for sentences: "12.5 公里", "40.0%". */
export function sentence(value: number | null | undefined, unit: string, locale: Locale): string {
  const { digits, unit: name } = write(value, unit, locale);
  if (!name) return digits;
  return name === "%" ? `${digits}%` : `${digits} ${name}`;
}

/** One unit for a row of numbers (a legend, an axis): 亿元, in English M or bn CNY, as the largest of them would be written. */
export function commonUnit(values: readonly (number | null | undefined)[], unit: string, locale: Locale): { unit: string; factor: number } {
  if (unit !== "10k CNY") return { unit, factor: 1 };
  const large = Math.max(0, ...values.map((value) => Math.abs(value ?? 0))) >= 10_000;
  if (locale === "en") return large ? { unit: "bn CNY", factor: 1 / 100_000 } : { unit: "M CNY", factor: 1 / 100 };
  return large ? { unit: "100M CNY", factor: 1 / 10_000 } : { unit, factor: 1 };
}
