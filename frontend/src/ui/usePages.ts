import { shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from "vue";
import type { Page, Query } from "@/api/client";
import { useLoading, type Loading } from "./useLoading";
import { useSending } from "./useSending";

export interface Pages<T> extends Loading<Page<T> | null> {
  /** All that was fetched; who changes one of them sets the list anew. */
  rows: ShallowRef<T[]>;
  /** Parameters of the page that comes next; null at the end. */
  next: ShallowRef<Query | null>;
  /** Fetches it. */
  further: () => Promise<void>;
  furtherBusy: Readonly<Ref<boolean>>;
  furtherError: ShallowRef<unknown>;
}

/** A list that comes page by page. Another question begins it anew, and what was still to come of the old one is dropped. */
export function usePages<S, T>(
  source: WatchSource<S>,
  first: (value: S, signal: AbortSignal) => Promise<Page<T> | null>,
  following: (query: Query) => Promise<Page<T>>,
  options: { delay?: number; keep?: boolean } = {},
): Pages<T> {
  const loading = useLoading(source, first, options);
  const { busy: furtherBusy, error: furtherError, send } = useSending();
  const rows = shallowRef<T[]>([]);
  const next = shallowRef<Query | null>(null);
  watch(loading.answer, (page) => {
    rows.value = page?.results ?? [];
    next.value = page?.next ?? null;
    furtherError.value = null;
  });

  async function further(): Promise<void> {
    const [begun, query] = [loading.answer.value, next.value];
    if (!query || furtherBusy.value) return;
    await send(async () => {
      const page = await following(query);
      if (loading.answer.value !== begun) return;
      rows.value = [...rows.value, ...page.results];
      next.value = page.next;
    });
  }
  return { ...loading, rows, next, further, furtherBusy, furtherError };
}
