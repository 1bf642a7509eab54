import type { Industry } from "@/api/industries";

/** Whether an industry answers to a text: part of its name, or a GB/T 4754 code that it holds or that lies above its own. */
export function found({ name, code, prefixes }: Pick<Industry, "name" | "code" | "prefixes">, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return true;
  if (/^\d+$/.test(wanted)) return prefixes.some((prefix) => prefix.startsWith(wanted) || wanted.startsWith(prefix));
  return name.toLowerCase().includes(wanted) || code.includes(wanted);
}
