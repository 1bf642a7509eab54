import { computed, type WritableComputedRef } from "vue";
import { useRoute, useRouter, type LocationQueryRaw } from "vue-router";

/** Changes made in one tick become one replacement of the address, so that two components cannot undo each other. */
let pending: LocationQueryRaw | null = null;

export interface Codec<T> {
  read: (text: string | undefined) => T;
  write: (value: T) => string | undefined;
}

export const asText: Codec<string | undefined> = { read: (text) => text || undefined, write: (value) => value };

export const asNumber: Codec<number | undefined> = {
  read: (text) => (text !== undefined && text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined),
  write: (value) => (value === undefined ? undefined : String(value)),
};

export const asFlag: Codec<boolean> = { read: (text) => text === "1", write: (value) => (value ? "1" : undefined) };

export const asList: Codec<string[]> = {
  read: (text) => (text ? text.split(",") : []),
  write: (value) => (value.length ? value.join(",") : undefined),
};

/** One part of the page's state that lives in the address: `const zoomed = useUrl("zoom", asNumber)`. */
export function useUrl<T>(name: string, codec: Codec<T>): WritableComputedRef<T> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return codec.read(typeof value === "string" ? value : undefined);
    },
    set: (value) => {
      if (pending === null) {
        pending = {};
        queueMicrotask(() => {
          const query: LocationQueryRaw = { ...router.currentRoute.value.query, ...pending };
          pending = null;
          for (const key of Object.keys(query)) if (query[key] === undefined) delete query[key];
          void router.replace({ query, params: router.currentRoute.value.params, hash: router.currentRoute.value.hash });
        });
      }
      pending[name] = codec.write(value);
    },
  });
}
