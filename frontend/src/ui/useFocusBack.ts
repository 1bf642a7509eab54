import { onBeforeUnmount, onMounted, type Ref } from "vue";

/**
 * Who opens something with the keyboard is taken into it; when it closes, the focus goes back to where it was. Who uses the
 * mouse or a finger keeps the focus where it is.
 */
export function useFocusBack(opened: Ref<HTMLElement | undefined>): void {
  let before: Element | null = null;
  onMounted(() => {
    before = document.activeElement;
    const byKeyboard = before instanceof HTMLElement && before !== document.body && before.matches(":focus-visible") && !before.matches("input, select, textarea");
    if (byKeyboard) opened.value?.focus({ preventScroll: true });
  });
  onBeforeUnmount(() => {
    const focused = document.activeElement;
    if (focused !== document.body && !opened.value?.contains(focused)) return; // already elsewhere
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
}
