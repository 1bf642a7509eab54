import { afterEach, beforeEach, expect, test } from "vitest";
import { effectScope, nextTick, ref, type EffectScope } from "vue";
import type { Page, Query } from "@/api/client";
import { usePages } from "./usePages";

let scope: EffectScope;
beforeEach(() => {
  scope = effectScope();
});
afterEach(() => scope.stop());

const page = (results: string[], next: Query | null = null): Page<string> => ({ results, next });
const settled = async (): Promise<void> => {
  await nextTick();
  await nextTick();
};

test("pages follow one another, each asked for once", async () => {
  const asked: Query[] = [];
  const { rows, next, further } = scope.run(() =>
    usePages(
      () => "a",
      () => Promise.resolve(page(["1"], { cursor: "x" })),
      (query) => {
        asked.push(query);
        return Promise.resolve(page(["2"]));
      },
    ),
  )!;
  await settled();
  await Promise.all([further(), further()]); // a double click
  expect(rows.value).toEqual(["1", "2"]);
  expect([next.value, asked]).toEqual([null, [{ cursor: "x" }]]);
});

test("what was still to come of an old question is dropped", async () => {
  const code = ref("a");
  let answer: (page: Page<string>) => void = () => {};
  const { rows, further } = scope.run(() =>
    usePages(
      code,
      (asked) => Promise.resolve(page([`1 of ${asked}`], { cursor: asked })),
      () => new Promise<Page<string>>((resolve) => (answer = resolve)),
    ),
  )!;
  await settled();
  const older = further();
  code.value = "b";
  await settled();
  answer(page(["2 of a"]));
  await older;
  expect(rows.value).toEqual(["1 of b"]);
});

test("a page that fails leaves those that came, and is asked for again", async () => {
  let broken = true;
  const { rows, further, furtherError } = scope.run(() =>
    usePages(
      () => "a",
      () => Promise.resolve(page(["1"], { cursor: "x" })),
      () => (broken ? Promise.reject(new Error("gone")) : Promise.resolve(page(["2"]))),
    ),
  )!;
  await settled();
  await further();
  expect([rows.value, String(furtherError.value)]).toEqual([["1"], "Error: gone"]);
  broken = false;
  await further();
  expect([rows.value, furtherError.value]).toEqual([["1", "2"], null]);
});
