import { afterEach, expect, test } from "vitest";
import { createApp, defineComponent, h, nextTick, ref, type App, type Component } from "vue";
import { useDraft, useEscape } from "./useEscape";

let app: App;
afterEach(() => app.unmount());

function open() {
  const closed: string[] = [];
  const words = ref("");
  const dialog = ref(false);
  const closing = (name: string, ...inside: Component[]) =>
    defineComponent(() => {
      useEscape(() => closed.push(name));
      return () => inside.map((one) => h(one));
    });
  const form = defineComponent(() => {
    useDraft(() => words.value !== "");
    return () => null;
  });
  const [drawer, over] = [closing("drawer", form), closing("dialog")];
  app = createApp(() => [h(drawer), dialog.value ? h(over) : null]);
  app.mount(document.createElement("div"));
  return { closed, words, dialog };
}

const escape = (how: KeyboardEventInit = {}): boolean => window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", cancelable: true, ...how }));

test("Esc closes what was opened last", async () => {
  const { closed, dialog } = open();
  dialog.value = true;
  await nextTick();
  escape();
  expect(closed).toEqual(["dialog"]);
  dialog.value = false;
  await nextTick();
  escape();
  expect(closed).toEqual(["dialog", "drawer"]);
});

test("Esc that ends the writing of a character closes nothing", () => {
  const { closed } = open();
  escape({ isComposing: true });
  expect(closed).toEqual([]);
});

test("Esc does not close over something that was typed and not sent, but what was opened over that", async () => {
  const { closed, words, dialog } = open();
  words.value = "half a sentence";
  escape();
  expect(closed).toEqual([]);
  dialog.value = true;
  await nextTick();
  escape();
  expect(closed).toEqual(["dialog"]);
  dialog.value = false;
  words.value = "";
  await nextTick();
  escape();
  expect(closed).toEqual(["dialog", "drawer"]);
});
