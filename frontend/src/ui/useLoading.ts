import { computed, onScopeDispose, shallowRef, toValue, watch, type Ref, type ShallowRef, type WatchSource } from "vue";

export interface Loading<T> {
  /** The last good answer; it stays while the next one is on its way. What is set here is newer than what is on its way, which is dropped. */
  answer: Ref<T | null>;
  error: ShallowRef<unknown>;
  busy: ShallowRef<boolean>;
  /** Over when there is an answer, or none to be had. */
  reload: () => Promise<void>;
}

/**
 * Loads now and again whenever `source` is another; what is read anew and says the same is no reason to ask. A request that was
 * overtaken is aborted. The three states are drawn by Skeleton (busy and no answer), ErrorState and the page itself. With `keep`
 * the answer stays beside an error when the same was asked again: what is being filled in beside it must not go.
 */
export function useLoading<S, T>(
  source: WatchSource<S>,
  load: (value: S, signal: AbortSignal) => Promise<T>,
  { delay = 0, keep = false }: { delay?: number; keep?: boolean } = {},
): Loading<T> {
  const found = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const busy = shallowRef(false);
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the answer is the answer to. */
  let answered: string | undefined;
  const question = (): string | undefined => JSON.stringify(toValue(source)) as string | undefined;

  function stop(): void {
    clearTimeout(timer);
    running?.abort();
  }

  function settle(answer: T | null, why: unknown): void {
    found.value = answer;
    error.value = why;
    busy.value = false;
  }

  async function go(): Promise<void> {
    stop();
    const controller = (running = new AbortController());
    const asked = question();
    busy.value = true;
    try {
      const result = await load(toValue(source), controller.signal);
      if (controller.signal.aborted) return;
      answered = asked;
      settle(result, null);
    } catch (caught) {
      if (controller.signal.aborted) return;
      settle(keep && answered === asked ? found.value : null, caught);
    }
  }

  watch(
    question,
    () => {
      if (!delay || !running) return void go();
      stop();
      busy.value = true;
      timer = setTimeout(() => void go(), delay);
    },
    { immediate: true },
  );
  onScopeDispose(stop);
  const answer = computed<T | null>({
    get: () => found.value,
    set: (next) => {
      stop();
      settle(next, null);
    },
  });
  return { answer, error, busy, reload: go };
}
