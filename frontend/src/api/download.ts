import { send, type Options } from "./client";

/** Hands a file to the person. */
export function hand(content: Blob, name: string): void {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers begin to read it only later
}

/** The name that the server gives a file; the one in UTF-8 where both are told. */
export function nameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  return encoded ? decodeURIComponent(encoded) : /filename="([^"]+)"/.exec(disposition ?? "")?.[1];
}

/** Hands a file of the server to the person, under the server's name for it; a refusal is an error in words. */
export async function download(path: string, fallback: string, options: Pick<Options, "method" | "body" | "query" | "signal"> = {}): Promise<void> {
  const response = await send(`api/v1/${path}`, { ...options, accept: "*/*" });
  hand(await response.blob(), nameOf(response.headers.get("Content-Disposition")) ?? fallback);
}
