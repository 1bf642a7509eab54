import { ref, shallowRef } from "vue";
import { ApiError } from "@/api/client";

/** Something that is sent to the server: what was entered stays where it is when the server refuses it, and the refusal is kept to be drawn. */
export function useSending() {
  const busy = ref(false);
  const error = shallowRef<unknown>(null);

  /** Whether it went well. */
  async function send(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true;
    error.value = null;
    try {
      await work();
      return true;
    } catch (caught) {
      error.value = caught;
      return false;
    } finally {
      busy.value = false;
    }
  }

  /** Someone else was quicker; only what is there now can be changed. */
  const isStale = (): boolean => error.value instanceof ApiError && error.value.status === 409;
  return { busy, error, send, isStale };
}
