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

/** A file of the server; a refusal is an error in words. */
const fetchFile = (path: string, options: Pick<Options, "method" | "body" | "query">): Promise<Response> => send(`api/v1/${path}`, { ...options, accept: "*/*" });

/** Hands a file of the server to the person, under the server's name for it. */
export async function download(path: string, fallback: string, options: Pick<Options, "method" | "body" | "query"> = {}): Promise<void> {
  const response = await fetchFile(path, options);
  hand(await response.blob(), nameOf(response.headers.get("Content-Disposition")) ?? fallback);
}

/** The same under a name of our own, in the reader's language. */
export async function downloadAs(name: string, path: string, options: Pick<Options, "query"> = {}): Promise<void> {
  hand(await (await fetchFile(path, options)).blob(), name);
}
