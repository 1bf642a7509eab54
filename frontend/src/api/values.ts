import { either, flag, list, number, text, type Of, type Shape } from "./shape";

/** What a city's own indicator may hold beside a number: yes or no, the code of a choice, or several. */
const chosen = either(flag, either(text, list(text)));
export type Chosen = Of<typeof chosen>;

const value = either(number, chosen);
export type Value = Of<typeof value>;

const known = (told: unknown, where: string): Value | null => (told === null || told === undefined ? null : value(told, where));

/**
 * An answer whose `value` may be any of these, read as a number in `value` and as anything else in `chosen`: so that
 * whoever reckons with numbers need not know of choices.
 */
export const withChosen =
  <T>(inner: Shape<T>): Shape<T & { chosen?: Chosen | null }> =>
  (told, where) => {
    const given = known((told as { value?: unknown } | null)?.value, `${where}.value`);
    const isNumber = typeof given === "number";
    return { ...inner({ ...(told as object), value: isNumber ? given : null }, where), chosen: isNumber ? null : given };
  };

/** The numbers among values by code; what is no number is unknown here. */
export const numbersOf = (values: Record<string, Value | null>): Record<string, number | null> =>
  Object.fromEntries(Object.entries(values).map(([code, one]) => [code, typeof one === "number" ? one : null]));

export const anyValue: Shape<Value | null> = known;
