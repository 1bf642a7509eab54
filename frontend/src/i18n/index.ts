import { createI18n } from "vue-i18n";
import type { Language } from "@/api/session";

/** One file per area and language (zh/land.ts, en/land.ts); the file's name is the first part of its keys. */
export const i18n = createI18n({ legacy: false, locale: "zh-CN", fallbackLocale: false, messages: {} });

const loaders: Record<Language, () => Promise<{ default: Record<string, unknown> }>> = {
  "zh-CN": () => import("./zh"),
  en: () => import("./en"),
};

export async function setLanguage(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language as never)) {
    const { default: messages } = await loaders[language]();
    i18n.global.setLocaleMessage(language, messages as never);
  }
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
