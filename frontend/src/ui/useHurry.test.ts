import { expect, test } from "vitest";
import { nextTick, ref, shallowRef } from "vue";
import { useHurry } from "./useHurry";

function searching() {
  const [words, answer, busy] = [ref(""), shallowRef<string[] | null>(null), shallowRef(false)];
  const taken: (string | undefined)[] = [];
  const enter = useHurry(words, { answer, busy }, () => taken.push(answer.value?.[0]));
  const press = (how: KeyboardEventInit = {}): void => enter(new KeyboardEvent("keydown", { key: "Enter", ...how }));
  async function type(text: string): Promise<void> {
    words.value = text;
    busy.value = true;
    await nextTick();
  }
  async function come(found: string[]): Promise<void> {
    answer.value = found;
    busy.value = false;
    await nextTick();
  }
  return { taken, press, type, come };
}

test("Enter takes the first that was found", async () => {
  const { taken, press, type, come } = searching();
  await type("airport");
  await come(["airport", "airport road"]);
  press();
  expect(taken).toEqual(["airport"]);
});

test("Enter before the answer takes nothing of what other words found, and then what was asked for", async () => {
  const { taken, press, type, come } = searching();
  await type("airport");
  await come(["airport"]);
  await type("port");
  press();
  expect(taken).toEqual([]);
  await come(["port"]);
  expect(taken).toEqual(["port"]);
});

test("who types on after Enter has not chosen", async () => {
  const { taken, press, type, come } = searching();
  await type("air");
  press();
  await type("airport");
  await come(["airport"]);
  expect(taken).toEqual([]);
});

test("Enter that ends a character chooses nothing", async () => {
  const { taken, press, type, come } = searching();
  await type("jichang");
  await come(["jichang"]);
  press({ isComposing: true });
  expect(taken).toEqual([]);
});
