import { request } from "./client";
import { anything, flag, list, nullable, number, object, oneOf, optional, text, type Of } from "./shape";

const user = object({
  username: text,
  display_name: text,
  role: oneOf("investor", "promotion", "planner", "land", "reviewer", "admin"),
  region: optional(text),
  region_name: optional(text),
  staff: flag,
  may_import: flag,
  may_publish: flag,
});

const session = object({
  user: nullable(user),
  language: text,
  demo: flag,
  city: object({
    name_zh: text,
    name_en: text,
    bbox: nullable(list(number)),
    regions: list(anything),
    review_number: optional(text),
  }),
  csrf: text,
});

export type User = Of<typeof user>;
export type Session = Of<typeof session>;
export type Language = "zh-CN" | "en";

export const fetchSession = (): Promise<Session> => request("session/", session);

export const signIn = (username: string, password: string): Promise<unknown> =>
  request("session/", anything, { method: "POST", body: { username, password } });

export const signOut = (): Promise<unknown> => request("session/", anything, { method: "DELETE" });

export const saveLanguage = (language: Language): Promise<unknown> =>
  request("session/", anything, { method: "PATCH", body: { language } });
