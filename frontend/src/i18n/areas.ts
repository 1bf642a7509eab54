/** {"./zh/land.ts": words} → {land: words}. */
export function byArea(modules: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(modules).map(([path, words]) => [path.replace(/^.*\/([^/]+)\.ts$/, "$1"), words]),
  );
}
