import { afterEach, expect, test } from "vitest";
import { createApp, ref, type App } from "vue";
import { useDraft, useEscape } from "./useEscape";

let app: App;
afterEach(() => app.unmount());

function open(): { closed: number[]; words: { value: string } } {
  const closed: number[] = [];
  const words = ref("");
  app = createApp({
    setup() {
      useEscape(() => closed.push(1));
      useEscape(() => closed.push(2));
      useDraft(() => words.value !== "");
      return () => null;
    },
  });
  app.mount(document.createElement("div"));
  return { closed, words };
}

const escape = (how: KeyboardEventInit = {}): boolean => window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", cancelable: true, ...how }));

test("Esc closes what was opened last", () => {
  const { closed } = open();
  escape();
  expect(closed).toEqual([2]);
});

test("Esc that ends the writing of a character closes nothing", () => {
  const { closed } = open();
  escape({ isComposing: true });
  expect(closed).toEqual([]);
});

test("Esc closes nothing while something that was typed has not been sent", () => {
  const { closed, words } = open();
  words.value = "half a sentence";
  escape();
  expect(closed).toEqual([]);
  words.value = "";
  escape();
  expect(closed).toEqual([2]);
});
