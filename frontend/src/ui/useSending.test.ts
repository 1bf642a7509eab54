import { expect, test } from "vitest";
import { useSending } from "./useSending";

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("what is sent comes one after the other, and the last to be over is the end of it", async () => {
  const { busy, send } = useSending();
  const seen: string[] = [];
  const over: (() => void)[] = [];
  const work = (name: string) => (): Promise<void> => {
    seen.push(name);
    return new Promise((resolve) => over.push(resolve));
  };
  const [first, second] = [send(work("first")), send(work("second"))];
  await settled();
  expect(seen).toEqual(["first"]);
  over[0]!();
  expect(await first).toBe(true);
  await settled();
  expect([seen, busy.value]).toEqual([["first", "second"], true]);
  over[1]!();
  await second;
  expect(busy.value).toBe(false);
});

test("what went wrong is still said when what waited behind it goes well, until something is sent anew", async () => {
  const { error, send } = useSending();
  const [bad, good] = [send(() => Promise.reject(new Error("refused"))), send(() => Promise.resolve())];
  expect([await bad, await good, error.value]).toEqual([false, true, new Error("refused")]);
  await send(() => Promise.resolve());
  expect(error.value).toBeNull();
});
