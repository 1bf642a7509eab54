import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from "vue";

export interface Loading<T> {
  /** The last good answer; it stays while the next one is on its way. */
  answer: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  busy: ShallowRef<boolean>;
  reload: () => void;
}

/**
 * Loads now and again whenever `source` changes; a request that was overtaken is aborted. The three states are drawn by
 * Skeleton (busy and no answer), ErrorState and the page itself.
 */
export function useLoading<S, T>(
  source: WatchSource<S>,
  load: (value: S, signal: AbortSignal) => Promise<T>,
  { delay = 0 }: { delay?: number } = {},
): Loading<T> {
  const answer = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const busy = shallowRef(false);
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: S;

  async function go(): Promise<void> {
    running?.abort();
    const controller = (running = new AbortController());
    busy.value = true;
    try {
      const result = await load(last, controller.signal);
      if (controller.signal.aborted) return;
      answer.value = result;
      error.value = null;
    } catch (caught) {
      if (controller.signal.aborted) return;
      error.value = caught;
      answer.value = null;
    }
    busy.value = false;
  }

  watch(
    source,
    (value, before) => {
      last = value;
      clearTimeout(timer);
      if (delay && before !== undefined) {
        busy.value = true;
        timer = setTimeout(() => void go(), delay);
      } else void go();
    },
    { immediate: true, deep: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    running?.abort();
  });
  return { answer, error, busy, reload: () => void go() };
}
