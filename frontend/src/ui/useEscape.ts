import { inject, onBeforeUnmount, onMounted, provide, type InjectionKey } from "vue";

interface Opened {
  close: () => void;
  /** Each says whether something that was typed in it has not been sent. */
  drafts: Set<() => boolean>;
}

const open: Opened[] = [];
const around: InjectionKey<Opened> = Symbol("around");

/** While a character is put together from its sounds, Esc is for that. */
function close(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
  const topmost = open.at(-1);
  if (!topmost) return;
  event.preventDefault();
  if (![...topmost.drafts].some((unsent) => unsent())) topmost.close();
}

/** Esc closes what was opened last, and only that; not while something typed in it is `unsent`. */
export function useEscape(onClose: () => void, unsent?: () => boolean): void {
  const opened: Opened = { close: onClose, drafts: new Set(unsent && [unsent]) };
  provide(around, opened);
  onMounted(() => {
    if (open.length === 0) window.addEventListener("keydown", close);
    open.push(opened);
  });
  onBeforeUnmount(() => {
    open.splice(open.lastIndexOf(opened), 1);
    if (open.length === 0) window.removeEventListener("keydown", close);
  });
}

/** While something that was typed here has not been sent, Esc does not close what is around it. */
export function useDraft(unsent: () => boolean): void {
  const opened = inject(around, null);
  onMounted(() => opened?.drafts.add(unsent));
  onBeforeUnmount(() => opened?.drafts.delete(unsent));
}
