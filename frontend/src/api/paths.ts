import type { paths } from "./schema.gen";

type Filled<P extends string> = P extends `${infer Before}{${string}}${infer After}` ? `${Before}${string}${Filled<After>}` : P;

/** Every address under /api/v1/ that the server's schema has; one it does not have fails the type check (`npm run api` renews it). */
export type ApiPath = keyof paths extends infer P ? (P extends `/api/v1/${infer Rest}` ? Filled<Rest> : never) : never;
