import { request } from "./client";
import { anything, flag, list, number, object, oneOf, text, type Of } from "./shape";

/** One's own account: registering, what is kept, and taking it out. */

export const scales = ["micro", "small", "medium", "large"] as const;

const registration = object({
  open: flag,
  consent: object({ version: text, valid_from: text, text }),
});
export type RegistrationTerms = Of<typeof registration>;

const consentTexts = object({ in_force: text, results: list(object({ version: text, valid_from: text, text })) });
export type ConsentTexts = Of<typeof consentTexts>;

const account = object({
  username: text,
  role: oneOf("investor", "promotion", "planner", "land", "reviewer", "admin"),
  name: text,
  industry: text,
  scale: text,
  email: text,
  phone: text,
  email_confirmed: flag,
  wants_mail: flag,
  joined: text,
  consents: list(object({ version: text, given: flag, at: text })),
  consent_due: flag,
  mails: flag,
  webhooks: flag,
  kept_days: number,
});
export type Account = Of<typeof account>;

export interface Registration {
  name: string;
  industry: string;
  scale: string;
  email: string;
  phone: string;
  password: string;
  consent: string;
}

export type AccountChange = Partial<Pick<Account, "name" | "industry" | "scale" | "email" | "phone" | "wants_mail">>;

export const fetchTerms = (signal?: AbortSignal): Promise<RegistrationTerms> => request("registration/", registration, { signal });

export const fetchConsentTexts = (signal?: AbortSignal): Promise<ConsentTexts> => request("consent-texts/", consentTexts, { signal });

export const register = (given: Registration): Promise<Account> => request("registration/", account, { method: "POST", body: given });

export const fetchAccount = (signal?: AbortSignal): Promise<Account> => request("account/", account, { signal });

export const changeAccount = (change: AccountChange): Promise<Account> => request("account/", account, { method: "PATCH", body: change });

export const agree = (version: string): Promise<Account> => request("account/consent/", account, { method: "POST", body: { version } });

export const confirmAddress = (token: string): Promise<unknown> => request("account/confirm/", anything, { method: "POST", body: { token } });

export const sendConfirmation = (): Promise<unknown> => request("account/confirmation/", anything, { method: "POST" });

export const eraseAccount = (password: string): Promise<unknown> => request("account/erase/", anything, { method: "POST", body: { password } });
