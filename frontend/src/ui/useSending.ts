import { ref, shallowRef } from "vue";
import { ApiError } from "@/api/client";

/** One form's way to the server: what was entered stays where it is when the server refuses it. */
export function useSending() {
  const busy = ref(false);
  const error = shallowRef<unknown>(null);

  async function send(work: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    error.value = null;
    try {
      await work();
    } catch (caught) {
      error.value = caught;
    }
    busy.value = false;
    return error.value === null;
  }

  /** Someone else was quicker; only what is there now can be changed. */
  const isStale = (): boolean => error.value instanceof ApiError && error.value.status === 409;
  return { busy, error, send, isStale };
}
