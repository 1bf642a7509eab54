import { computed, shallowRef } from "vue";
import * as api from "@/api/session";
import type { Language, Session } from "@/api/session";
import { context } from "@/api/client";
import { setLanguage } from "@/i18n";

const remembered = "luodi.language";
const session = shallowRef<Session | null>(null);
const language = shallowRef<Language>("zh-CN");

const known = (name: string | null | undefined): Language | null =>
  name === null || name === undefined ? null : name.startsWith("en") ? "en" : name.startsWith("zh") ? "zh-CN" : null;

function stored(): Language | null {
  try {
    return known(localStorage.getItem(remembered));
  } catch {
    return null; // storage may be switched off
  }
}

async function use(next: Language): Promise<void> {
  language.value = next;
  context.language = next;
  await setLanguage(next);
}

/** Before the first page: `?lang=` of a sent link, then this browser's choice, then the server's. */
async function start(): Promise<void> {
  const asked = known(new URLSearchParams(location.search).get("lang"));
  await Promise.all([use(asked ?? stored() ?? "zh-CN"), load()]);
  if (!asked && !stored()) await use(known(session.value?.language) ?? "zh-CN");
}

async function load(): Promise<void> {
  session.value = await api.fetchSession();
  context.csrf = session.value.csrf;
}

async function signIn(username: string, password: string): Promise<void> {
  await api.signIn(username, password);
  await load();
}

async function signOut(): Promise<void> {
  await api.signOut();
  await load();
}

async function changeLanguage(next: Language): Promise<void> {
  try {
    localStorage.setItem(remembered, next);
  } catch {
    // a choice for this page only
  }
  await use(next);
  if (session.value) await api.saveLanguage(next);
}

/** Who is here, in which city, in which language. */
export function useSession() {
  return {
    session,
    language,
    user: computed(() => session.value?.user ?? null),
    isStaff: computed(() => session.value?.user?.staff ?? false),
    city: computed(() => session.value?.city ?? null),
    demo: computed(() => session.value?.demo ?? false),
    start,
    load,
    signIn,
    signOut,
    changeLanguage,
  };
}
