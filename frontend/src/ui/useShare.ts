import { onScopeDispose, ref } from "vue";

const SAID_MS = 2000;

/** Puts the page's address on the clipboard and says so for a moment; where the browser forbids it, the person copies it. */
export function useShare() {
  const copied = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  async function share(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      copied.value = true;
      timer = setTimeout(() => (copied.value = false), SAID_MS);
    } catch {
      window.prompt("", location.href);
    }
  }
  return { canShare: "clipboard" in navigator, copied, share };
}
