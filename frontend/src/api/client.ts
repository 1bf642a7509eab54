import type { ApiPath } from "./paths";
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
export const context = { language: "zh-CN", csrf: "" };

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
}

const newReference = (): string => Math.random().toString(36).slice(2, 10).toUpperCase();

/** Sends one request; throws ApiError for a refusal and Unreachable when there is no answer. Aborts pass through. */
export async function send(path: string, options: Options = {}): Promise<Response> {
  const { method = "GET", query = {}, body, signal, accept = "application/json" } = options;
  const reference = newReference();
  const headers: Record<string, string> = {
    ...options.headers,
    Accept: accept,
    "Accept-Language": context.language,
    "X-Request-ID": reference,
  };
  if (method !== "GET") headers["X-CSRFToken"] = context.csrf;
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
  return new ApiError(response.status, Array.isArray(problems) ? problems : [], reference);
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
