import type { ApiPath } from "./paths";
import { endings, type Refused } from "./renewal";
import { list, nullable, object, text, type Shape } from "./shape";

/** Everything is fetched from below the address the page came from, whatever prefix that has. */
export const base = (): string => new URL(".", document.baseURI).href;

export interface Problem {
  code: string;
  detail: string;
  attr: string | null;
}

/** What the server refused, in words for a person, with the number under which its log has the story. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problems: Problem[],
    readonly reference: string,
    /** Seconds until the server, which did nothing, is to be asked again; 0: it did not say so. */
    readonly wait = 0,
  ) {
    super(problems.map(({ detail }) => detail).join(" ") || `HTTP ${status}`);
    this.name = "ApiError";
  }

  /** The words for one field of a form, if any. */
  about(field: string): string | undefined {
    return this.problems.find(({ attr }) => attr === field)?.detail;
  }
}

/** The server could not be reached at all. */
export class Unreachable extends Error {
  constructor(readonly reference: string) {
    super("unreachable");
    this.name = "Unreachable";
  }
}

/** Set by the session store; kept here so that the client knows nothing of Vue. */
export const context = { language: "zh-CN", csrf: "", person: "" };

/** How a session that has ended is renewed: undefined, the request may be sent once more; else why not, in words. Set by the session store. */
export const session: { renew: (refused: Refused) => Promise<string | undefined> } = { renew: () => Promise.resolve("") };

export type Query = Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>;

export function queryString(query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === "") continue;
    params.set(key, Array.isArray(value) ? value.join(",") : String(value));
  }
  const string = params.toString();
  return string ? `?${string}` : "";
}

export interface Options {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  accept?: string;
  headers?: Record<string, string>;
  /** Asked by a timer: when the session has ended, no dialog opens. */
  background?: boolean;
}

const foreseen = new Map<string, Promise<Response>>();
const nameOf = (path: string, query: Query): string => `${context.language} ${context.person} ${path}${queryString(query)}`;

/** Asks ahead what a page on its way will ask first, while its script is fetched; whoever then asks the same gets that answer. */
export function foresee(path: string): void {
  const name = nameOf(path, {});
  const answer = send(path);
  answer.catch(() => foreseen.delete(name)); // who asks will hear of it
  foreseen.set(name, answer);
  setTimeout(() => foreseen.delete(name), 10_000);
}

/** Which state of a row a change was made on; whoever was slower is told. */
export const ifMatch = (mark: string): Record<string, string> => ({ "If-Match": `"${mark}"` });

/** Somebody changed the same thing after it was opened here. */
export const isClash = (error: unknown): boolean => error instanceof ApiError && error.problems[0]?.code === "changed_meanwhile";

const newReference = (): string => Math.random().toString(36).slice(2, 10).toUpperCase();

const SESSION = "api/v1/session/";

/**
 * Sends one request; throws ApiError for a refusal and Unreachable when there is no answer. Aborts pass through. A request that is
 * refused because the session has ended is sent once more when it was renewed; until then its sender waits.
 */
export async function send(path: string, options: Options = {}): Promise<Response> {
  const { person } = context;
  const renew = (): Promise<string | undefined> =>
    session.renew({ person, writes: (options.method ?? "GET") !== "GET", background: options.background ?? false });
  // A server that refuses a large file before it has come may be taken for one that cannot be reached.
  if (person && options.body instanceof FormData) refuseIn(await renew());
  try {
    return await whenReady(path, options);
  } catch (error) {
    if (path === SESSION || !(error instanceof ApiError) || !isEnding(error, person)) throw error;
    const words = await renew();
    options.signal?.throwIfAborted();
    if (words === undefined) return await whenReady(path, options);
    refuseIn(words, error.reference);
    throw error;
  }
}

function refuseIn(words: string | undefined, reference = ""): void {
  if (words) throw new ApiError(403, [{ code: "not_authenticated", detail: words, attr: null }], reference);
}

/** A visitor who may not do something has lost no session. */
const isEnding = ({ status, problems: [first] }: ApiError, person: string): boolean =>
  status === 403 && first !== undefined && endings.includes(first.code) && (person !== "" || first.code === "csrf_failed");

const MOST_WAITS = 60;

/** Sends again as long as the server says that it is not ready yet, and when to come again. */
async function whenReady(path: string, options: Options): Promise<Response> {
  for (let left = MOST_WAITS; ; left -= 1) {
    try {
      return await once(path, options);
    } catch (error) {
      if (!(error instanceof ApiError) || error.wait === 0 || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.wait * 1000));
      options.signal?.throwIfAborted();
    }
  }
}

async function once(path: string, options: Options): Promise<Response> {
  const { method = "GET", query = {}, body, signal, accept = "application/json" } = options;
  const ahead = method === "GET" && foreseen.get(nameOf(path, query));
  if (ahead) {
    foreseen.delete(nameOf(path, query));
    return ahead;
  }
  const reference = newReference();
  const headers: Record<string, string> = {
    ...options.headers,
    Accept: accept,
    "Accept-Language": context.language,
    "X-Request-ID": reference,
  };
  if (method !== "GET") headers["X-CSRFToken"] = context.csrf;
  if (context.person && path !== SESSION) headers["X-Luodi-Person"] = encodeURIComponent(context.person);
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(base() + path + queryString(query), {
      method,
      headers,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(reference);
  }
  if (!response.ok) throw await refusal(response, reference);
  return response;
}

async function refusal(response: Response, sent: string): Promise<ApiError> {
  const reference = response.headers.get("X-Request-ID") ?? sent;
  const answer: unknown = await response.json().catch(() => null);
  const problems = (answer as { errors?: Problem[] } | null)?.errors;
  const wait = response.status === 503 ? Number(response.headers.get("Retry-After")) || 0 : 0;
  return new ApiError(response.status, Array.isArray(problems) ? problems : [], reference, wait);
}

/** The usual request: JSON under /api/v1/, read by a shape. */
export async function request<T>(path: ApiPath, shape: Shape<T>, options: Options = {}): Promise<T> {
  const response = await send(`api/v1/${path}`, options);
  const answer: unknown = response.status === 204 ? null : await response.json();
  return shape(answer, path);
}

export interface Page<T> {
  results: T[];
  /** Parameters of the next page; null at the end. */
  next: Query | null;
}

/** One page of a list. Only the parameters of the server's `next` are used: behind a proxy its host may be another. */
export async function page<T>(path: ApiPath, item: Shape<T>, options: Options = {}): Promise<Page<T>> {
  const answer = await request(path, object({ results: list(item), next: nullable(text) }), options);
  if (answer.next === null) return { results: answer.results, next: null };
  const search = answer.next.includes("?") ? answer.next.slice(answer.next.indexOf("?")) : `?cursor=${answer.next}`;
  return { results: answer.results, next: { ...options.query, ...Object.fromEntries(new URLSearchParams(search)) } };
}

/** All rows of a list, page by page, up to `most`. */
export async function all<T>(path: ApiPath, item: Shape<T>, options: Options = {}, most = 5000): Promise<T[]> {
  const rows: T[] = [];
  let query: Query | null = { limit: 500, ...options.query };
  while (query && rows.length < most) {
    const answer: Page<T> = await page(path, item, { ...options, query });
    rows.push(...answer.results);
    query = answer.next;
  }
  return rows;
}
