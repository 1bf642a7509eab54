import { computed, ref, shallowRef } from "vue";

/**
 * Something that is sent to the server: what was entered stays where it is when the server refuses it, and the refusal is kept to be drawn.
 * One comes after the other, so that the second is made on what the first has left.
 */
export function useSending() {
  const waiting = ref(0);
  const busy = computed(() => waiting.value > 0);
  const error = shallowRef<unknown>(null);
  let last: Promise<unknown> = Promise.resolve();

  /** Whether it went well. */
  async function send(work: () => Promise<unknown>): Promise<boolean> {
    if (waiting.value++ === 0) error.value = null;
    const own = last.then(work);
    last = own.catch(() => undefined);
    try {
      await own;
      return true;
    } catch (caught) {
      error.value = caught;
      return false;
    } finally {
      waiting.value--;
    }
  }
  return { busy, error, send };
}
