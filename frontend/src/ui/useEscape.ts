import { onBeforeUnmount, onMounted } from "vue";

const open: (() => void)[] = [];

function close(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const topmost = open.at(-1);
  if (!topmost) return;
  event.preventDefault();
  topmost();
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
