/** What is left to do when the pointer is up again; undefined while none is down. */
let waiting: (() => void)[] | undefined;

function release(): void {
  const due = waiting;
  waiting = undefined;
  for (const work of due ?? []) work();
}

window.addEventListener("pointerdown", () => (waiting ??= []), true);
window.addEventListener("pointerup", release, true);
window.addEventListener("pointercancel", release, true);
window.addEventListener("blur", release); // it came up outside

/**
 * Does it now, or when the pointer that is down comes up, just before its click. What moves the page is done so: else the button that
 * is being pressed moves away from under the pointer, and its click is lost.
 */
export function afterPress(work: () => void): void {
  if (waiting) waiting.push(work);
  else work();
}
