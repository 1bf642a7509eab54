/** Small parsers for the server's answers: an answer is read, not cast, so a wrong one fails here and by name. */

export type Shape<T> = (value: unknown, where: string) => T;
export type Of<S> = S extends Shape<infer T> ? T : never;

export class UnexpectedAnswer extends Error {
  constructor(where: string, expected: string, value: unknown) {
    super(`${where}: expected ${expected}, got ${value === null ? "null" : typeof value}`);
    this.name = "UnexpectedAnswer";
  }
}

export const text: Shape<string> = (value, where) => {
  if (typeof value !== "string") throw new UnexpectedAnswer(where, "text", value);
  return value;
};

export const number: Shape<number> = (value, where) => {
  if (typeof value !== "number" || Number.isNaN(value)) throw new UnexpectedAnswer(where, "a number", value);
  return value;
};

export const flag: Shape<boolean> = (value, where) => {
  if (typeof value !== "boolean") throw new UnexpectedAnswer(where, "true or false", value);
  return value;
};

export const anything: Shape<unknown> = (value) => value;

export const oneOf =
  <const T extends string>(...choices: T[]): Shape<T> =>
  (value, where) => {
    if (!choices.includes(value as T)) throw new UnexpectedAnswer(where, choices.join(" or "), value);
    return value as T;
  };

/** null stays null: the server says "unknown". */
export const nullable =
  <T>(inner: Shape<T>): Shape<T | null> =>
  (value, where) =>
    value === null ? null : inner(value, where);

/** A field that may be left out, for instance because this reader may not see it. */
export const optional =
  <T>(inner: Shape<T>): Shape<T | undefined> =>
  (value, where) =>
    value === undefined || value === null ? undefined : inner(value, where);

export const either =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> =>
  (value, where) => {
    try {
      return first(value, where);
    } catch {
      return second(value, where);
    }
  };

export const list =
  <T>(item: Shape<T>): Shape<T[]> =>
  (value, where) => {
    if (!Array.isArray(value)) throw new UnexpectedAnswer(where, "a list", value);
    return value.map((entry, index) => item(entry, `${where}[${index}]`));
  };

export const record =
  <T>(item: Shape<T>): Shape<Record<string, T>> =>
  (value, where) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new UnexpectedAnswer(where, "an object", value);
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, item(entry, `${where}.${key}`)]));
  };

export const object =
  <F extends Record<string, Shape<unknown>>>(fields: F): Shape<{ [K in keyof F]: Of<F[K]> }> =>
  (value, where) => {
    if (typeof value !== "object" || value === null) throw new UnexpectedAnswer(where, "an object", value);
    const given = value as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(fields).map(([key, shape]) => [key, shape(given[key], `${where}.${key}`)]),
    ) as { [K in keyof F]: Of<F[K]> };
  };
