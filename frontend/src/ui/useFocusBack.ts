import { onBeforeUnmount, onMounted, type Ref } from "vue";

/** By then what lies beside has taken its new room; a card that was moved in the page for it has lost the focus. */
const SETTLED_MS = 300;

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
    const back = (): void => {
      if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
    if (focused instanceof HTMLElement) focused.blur();
    back();
    setTimeout(back, SETTLED_MS);
  });
}
