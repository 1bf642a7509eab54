import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { effectScope, nextTick, ref, type EffectScope } from "vue";
import { useLoading } from "./useLoading";

/** A server whose answers come when the test says so. */
function server() {
  const asked: { value: unknown; signal: AbortSignal; answer: (words: string) => Promise<void>; fail: (why: unknown) => Promise<void> }[] = [];
  const load = (value: unknown, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const settled = async (settle: () => void): Promise<void> => {
        settle();
        await nextTick();
      };
      asked.push({ value, signal, answer: (words) => settled(() => resolve(words)), fail: (why) => settled(() => reject(why)) });
    });
  return { asked, load };
}

let scope: EffectScope;
beforeEach(() => {
  scope = effectScope();
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

describe("loading", () => {
  it("never lets an older answer replace a newer one", async () => {
    const { asked, load } = server();
    const code = ref("a");
    const { answer, busy } = scope.run(() => useLoading(code, load))!;
    code.value = "b";
    await nextTick();
    await asked[1]!.answer("of b");
    await asked[0]!.answer("of a");
    expect(answer.value).toBe("of b");
    expect(asked[0]!.signal.aborted).toBe(true);
    expect(busy.value).toBe(false);
  });

  it("asks nothing anew when what it asks is read anew and says the same", async () => {
    const { asked, load } = server();
    const given = ref({ stops: ["a"] });
    scope.run(() => useLoading(() => ({ ...given.value }), load));
    given.value = { stops: ["a"] };
    await nextTick();
    expect(asked).toHaveLength(1);
    given.value.stops.push("b");
    await nextTick();
    expect(asked.map(({ value }) => value)).toHaveLength(2);
  });

  it("stays busy from the change on, though the next request waits", async () => {
    vi.useFakeTimers();
    const { asked, load } = server();
    const code = ref("a");
    const { answer, busy } = scope.run(() => useLoading(code, load, { delay: 200 }))!;
    expect(asked).toHaveLength(1); // the first does not wait
    code.value = "b";
    await nextTick();
    await asked[0]!.answer("of a");
    expect([answer.value, busy.value]).toEqual([null, true]);
    vi.advanceTimersByTime(200);
    await asked[1]!.answer("of b");
    expect([answer.value, busy.value]).toEqual(["of b", false]);
  });

  it("asks nothing more once its component is gone", async () => {
    vi.useFakeTimers();
    const { asked, load } = server();
    const code = ref("a");
    const { answer } = scope.run(() => useLoading(code, load, { delay: 200 }))!;
    code.value = "b";
    await nextTick();
    scope.stop();
    vi.advanceTimersByTime(1000);
    await asked[0]!.answer("of a");
    expect(asked).toHaveLength(1);
    expect(answer.value).toBeNull();
  });

  it("keeps the last answer while the next is on its way, and none beside an error", async () => {
    const { asked, load } = server();
    const { answer, error, reload } = scope.run(() => useLoading(() => "a", load))!;
    await asked[0]!.answer("first");
    void reload();
    expect(answer.value).toBe("first");
    await asked[1]!.fail("broken");
    expect([answer.value, error.value]).toEqual([null, "broken"]);
  });

  it("keeps the answer beside the error of the same question where something is filled in beside it", async () => {
    const { asked, load } = server();
    const code = ref("a");
    const { answer, error, reload } = scope.run(() => useLoading(code, load, { keep: true }))!;
    await asked[0]!.answer("of a");
    void reload();
    await asked[1]!.fail("broken");
    expect([answer.value, error.value]).toEqual(["of a", "broken"]);
    code.value = "b";
    await nextTick();
    await asked[2]!.fail("broken");
    expect(answer.value).toBeNull();
  });

  it("lets no request that is still on its way replace what a change has answered", async () => {
    const { asked, load } = server();
    const { answer, busy, reload } = scope.run(() => useLoading(() => "a", load))!;
    await asked[0]!.answer("first");
    void reload();
    answer.value = "changed";
    expect(busy.value).toBe(false);
    await asked[1]!.answer("first");
    expect(answer.value).toBe("changed");
  });

  it("is loaded again when the new answer is there", async () => {
    const { asked, load } = server();
    const { answer, reload } = scope.run(() => useLoading(() => "a", load))!;
    await asked[0]!.answer("first");
    const over = reload().then(() => answer.value);
    await asked[1]!.answer("second");
    expect(await over).toBe("second");
  });
});
