import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope } from "vue";
import { useBeat } from "./useBeat";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a beat waits for the one before, outlives a failure and ends with its component", async () => {
  const answers: ((good: boolean) => void)[] = [];
  const work = (): Promise<void> => new Promise((resolve, reject) => answers.push((good) => (good ? resolve() : reject(new Error("no")))));
  const scope = effectScope();
  scope.run(() => useBeat(work, 1000));
  await vi.advanceTimersByTimeAsync(5000);
  expect(answers).toHaveLength(1); // the first has not come back
  answers[0]!(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(answers).toHaveLength(2);
  scope.stop();
  answers[1]!(true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(answers).toHaveLength(2);
});
