import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createApp, h, nextTick, reactive, type App } from "vue";
import { i18n, setLanguage } from "@/i18n";
import TypedField from "./TypedField.vue";

interface Opened {
  app: App;
  input: HTMLInputElement;
  props: Record<string, unknown>;
  taken: string[];
}

let opened: Opened;

function open(props: Record<string, unknown>): Opened {
  const place = document.body.appendChild(document.createElement("div"));
  const given = reactive(props);
  const taken: string[] = [];
  const app = createApp(() => h(TypedField, { ...given, value: given.value as string, onTyped: (text: string) => taken.push(text) }));
  app.use(i18n).mount(place);
  opened = { app, input: place.querySelector("input")!, props: given, taken };
  return opened;
}

function type(input: HTMLInputElement, text: string): void {
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("input"));
}

const change = (input: HTMLInputElement): boolean => input.dispatchEvent(new Event("change"));

beforeAll(() => setLanguage("zh-CN"));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  opened.app.unmount();
  document.body.replaceChildren();
  vi.useRealTimers();
});

test("what is being typed stays whatever comes meanwhile, and is taken when it is finished", async () => {
  const { input, props, taken } = open({ type: "number", value: 3 });
  type(input, "40");
  props.placeholder = "another";
  props.value = 7;
  await nextTick();
  expect([input.placeholder, input.value]).toEqual(["another", "40"]);
  expect(taken).toEqual([]);
  change(input);
  expect(taken).toEqual(["40"]);
});

test("a field that was left as it was shows what comes later", async () => {
  const { input, props, taken } = open({ type: "number", value: 3 });
  type(input, "3");
  input.blur();
  props.value = 7;
  await nextTick();
  expect(input.value).toBe("7");
  expect(taken).toEqual([]);
});

test("what is out of bounds stays, with the reason, and is not taken", async () => {
  const { input, taken } = open({ type: "number", min: "0", value: undefined });
  type(input, "-5");
  change(input);
  input.blur();
  await nextTick();
  expect([input.value, input.getAttribute("aria-invalid")]).toEqual(["-5", "true"]);
  expect(document.querySelector("[role=alert]")?.textContent).toBe("须不小于 0");
  type(input, "5");
  change(input);
  await nextTick();
  expect(document.querySelector("[role=alert]")).toBeNull();
  expect(taken).toEqual(["5"]);
});

test("the dates on the way to a date are not taken", () => {
  const { input, taken } = open({ type: "date", value: "2025-03-01" });
  for (const day of ["2026-03-01", "2026-01-01", "2026-11-01"]) {
    type(input, day);
    change(input);
    vi.advanceTimersByTime(300);
  }
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual(["2026-11-01"]);
});

test("a date is taken at once when its field or its page is left", () => {
  const { app, input, taken } = open({ type: "date", value: "2025-03-01" });
  type(input, "2026-03-01");
  change(input);
  input.blur();
  expect(taken).toEqual(["2026-03-01"]);
  type(input, "2026-04-01");
  change(input);
  app.unmount();
  expect(taken).toEqual(["2026-03-01", "2026-04-01"]);
});

test("while a button is being pressed the page stays as it is; what was typed is taken just before the click", async () => {
  const { input, props, taken } = open({ type: "number", value: 3 });
  type(input, "40");
  window.dispatchEvent(new Event("pointerdown"));
  change(input);
  input.blur();
  props.value = 7;
  await nextTick();
  expect([input.value, taken]).toEqual(["40", []]);
  window.dispatchEvent(new Event("pointerup"));
  expect(taken).toEqual(["40"]);
});

test("a page that is left while a button is pressed takes what was typed once", () => {
  const { app, input, taken } = open({ type: "number", value: 3 });
  type(input, "40");
  window.dispatchEvent(new Event("pointerdown"));
  change(input);
  app.unmount();
  window.dispatchEvent(new Event("pointerup"));
  expect(taken).toEqual(["40"]);
});
