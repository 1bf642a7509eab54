import { onScopeDispose, shallowRef, toValue, watch, type ShallowRef, type WatchSource } from "vue";

export interface Loading<T> {
  /** The last good answer; it stays while the next one is on its way. */
  answer: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  busy: ShallowRef<boolean>;
  reload: () => void;
}

/**
 * Loads now and again whenever `source` is another; what is read anew and says the same is no reason to ask. A request that was
 * overtaken is aborted. The three states are drawn by Skeleton (busy and no answer), ErrorState and the page itself.
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

  function stop(): void {
    clearTimeout(timer);
    running?.abort();
  }

  async function go(): Promise<void> {
    stop();
    const controller = (running = new AbortController());
    busy.value = true;
    try {
      const result = await load(toValue(source), controller.signal);
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
    () => JSON.stringify(toValue(source)) as string | undefined,
    () => {
      if (!delay || !running) return void go();
      stop();
      busy.value = true;
      timer = setTimeout(() => void go(), delay);
    },
    { immediate: true },
  );
  onScopeDispose(stop);
  return { answer, error, busy, reload: () => void go() };
}
