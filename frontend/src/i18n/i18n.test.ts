import { describe, expect, it } from "vitest";
import en from "./en";
import zh from "./zh";

function keys(words: unknown, path = ""): string[] {
  if (typeof words !== "object" || words === null) return [path];
  return Object.entries(words).flatMap(([key, inner]) => keys(inner, path ? `${path}.${key}` : key));
}

function leaves(words: unknown): unknown[] {
  return typeof words === "object" && words !== null ? Object.values(words).flatMap(leaves) : [words];
}

const placeholders = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe("words", () => {
  it("have the same keys in both languages", () => {
    expect(keys(en).sort()).toEqual(keys(zh).sort());
  });

  it("take the same placeholders in both languages", () => {
    const of = (words: unknown): Record<string, string[]> => {
      const said = leaves(words);
      return Object.fromEntries(keys(words).map((key, index) => [key, [...new Set(placeholders(String(said[index]).split(" | ")[0]!))]]));
    };
    expect(of(en)).toEqual(of(zh));
  });

  it("are never empty", () => {
    expect([...leaves(zh), ...leaves(en)].filter((word) => typeof word !== "string" || word.trim() === "")).toEqual([]);
  });
});
