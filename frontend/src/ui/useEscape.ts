import { onBeforeUnmount, onMounted } from "vue";

const open: (() => void)[] = [];
const drafts = new Set<() => boolean>();

/** While a name is put together from its sounds, Esc is for that. */
function close(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  const topmost = open.at(-1);
  if (!topmost) return;
  event.preventDefault();
  if (![...drafts].some((unsent) => unsent())) topmost();
}

/** Esc closes what was opened last, and only that. */
export function useEscape(onClose: () => void): void {
  onMounted(() => {
    if (open.length === 0) window.addEventListener("keydown", close);
    open.push(onClose);
  });
  onBeforeUnmount(() => {
    open.splice(open.lastIndexOf(onClose), 1);
    if (open.length === 0) window.removeEventListener("keydown", close);
  });
}

/** While something that was typed has not been sent, Esc closes nothing. */
export function useDraft(unsent: () => boolean): void {
  onMounted(() => drafts.add(unsent));
  onBeforeUnmount(() => drafts.delete(unsent));
}
