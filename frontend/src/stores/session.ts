import { computed, shallowRef } from "vue";
import * as client from "@/api/client";
import * as api from "@/api/session";
import type { Language, Session } from "@/api/session";
import { renewing, type Answer, type Refused } from "@/api/renewal";
import { i18n, setLanguage } from "@/i18n";

const { context } = client;
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

const nameIn = (found: Session): string => found.user?.username ?? "";

function become(found: Session): void {
  session.value = found;
  context.csrf = found.csrf;
  context.person = nameIn(found);
}

async function load(): Promise<void> {
  become(await api.fetchSession());
}

async function signIn(username: string, password: string): Promise<void> {
  await api.signIn(username, password);
  await load();
}

async function signOut(): Promise<void> {
  context.person = ""; // that it is over is no reason to renew the session
  try {
    await api.signOut();
  } finally {
    context.person = session.value ? nameIn(session.value) : "";
  }
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

/** Signing in over a page whose session has ended: what waits for it, and how the dialog tells what came of it. */
export interface Interruption {
  refused: Refused;
  name: string;
  done: (answer: Answer) => void;
}
const interruption = shallowRef<Interruption | null>(null);
let found: Session | null = null;

const renew = renewing({
  /** The page stays as it is while somebody may still come back to it: only the token is taken over. */
  look: async () => {
    found = await api.fetchSession();
    context.csrf = found.csrf;
    return nameIn(found);
  },
  ask: (refused) =>
    new Promise<Answer>((resolve) => {
      const done = (answer: Answer): void => {
        interruption.value = null;
        resolve(answer);
      };
      interruption.value = { refused, name: session.value?.user?.display_name || refused.person, done };
    }),
  accept: () => {
    if (found) become(found);
  },
});

client.session.renew = async (refused) => {
  const before = session.value?.user?.display_name || refused.person;
  const renewal = await renew(refused);
  if (renewal.again) return undefined;
  const { t } = i18n.global;
  if (renewal.why === "ended") return t("accounts.again.notSent");
  return t("accounts.again.another", { was: before || t("accounts.again.visitor"), now: session.value?.user?.display_name || renewal.now });
};

/** Who is here, in which city, in which language. */
export function useSession() {
  return {
    session,
    language,
    interruption,
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
