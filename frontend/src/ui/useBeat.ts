import { onScopeDispose } from "vue";

/** Does it every so often while the page is looked at, never before the last time is over; what failed is tried at the next beat. */
export function useBeat(work: () => Promise<unknown>, everyMs: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let working = false;
  let gone = false;

  function wait(): void {
    clearTimeout(timer);
    if (!gone) timer = setTimeout(() => void beat(), everyMs);
  }
  async function beat(): Promise<void> {
    if (document.hidden || working) return; // it goes on when somebody looks again
    clearTimeout(timer);
    working = true;
    await work().catch(() => undefined);
    working = false;
    wait();
  }
  document.addEventListener("visibilitychange", beat);
  onScopeDispose(() => {
    gone = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", beat);
  });
  wait();
}
