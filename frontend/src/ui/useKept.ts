import { reactive } from "vue";
import { context } from "@/api/client";

const kept = new Map<string, object>();

/** What was typed and not sent: there again when the same person opens the same form anew. */
export function useKept<T extends object>(name: string, blank: () => T): { form: T; clear: () => void } {
  const key = `${context.person} ${name}`;
  const form = (kept.get(key) ?? reactive(blank())) as T;
  kept.set(key, form);
  return { form, clear: () => void Object.assign(form, blank()) };
}

/** Of what stands in a field now, what was typed while the rest was being sent. */
export const typedSince = (sent: string, now: string): string => (now.startsWith(sent) ? now.slice(sent.length).trimStart() : now);
