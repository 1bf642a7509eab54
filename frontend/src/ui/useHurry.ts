import { watch, type Ref } from "vue";
import type { Loading } from "./useLoading";

/**
 * Enter in a field that searches: `take` takes what was found. Enter that comes before the answer waits for it, as the list still is that
 * of other words, unless something else is typed meanwhile. Enter that ends the writing of a character is none.
 */
export function useHurry(words: Ref<string>, { answer, busy }: Pick<Loading<unknown>, "answer" | "busy">, take: () => void): (event: KeyboardEvent) => void {
  let hurried = false;
  watch(answer, () => {
    if (!hurried) return;
    hurried = false;
    take();
  });
  watch(words, () => (hurried = false));
  return (event) => {
    if (event.isComposing) return;
    event.preventDefault();
    hurried = busy.value;
    if (!hurried) take();
  };
}
