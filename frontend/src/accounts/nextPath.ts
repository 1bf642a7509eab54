/** Where to go after signing in: only a path of this site, as an address with a host would lead away. Pure. */
export const nextPath = (asked: unknown): string => (typeof asked === "string" && /^\/(?![/\\])/.test(asked) ? asked : "/");
