import { request, send, type Query } from "./client";
import { download } from "./download";
import type { Asked, Question } from "./enquiries";
import { flag, list, nullable, number, object, oneOf, text, type Of } from "./shape";

/** 供需对接: what firms offer and want, what answers it, which names mean the same. */

export const kinds = ["offer", "want"] as const;
export type Kind = (typeof kinds)[number];
export const postStates = ["draft", "published", "closed", "expired"] as const;
export type PostState = (typeof postStates)[number];
export const units = ["kg", "t", "10kt", "pcs", "10kpcs", "set", "machine", "m", "km", "m2", "m3", "kwh", "mwh", "cny10k"] as const;

const likeness = object({ how: oneOf("exact", "synonym", "part", "pinyin", "similar"), value: number, through: text });
export type Likeness = Of<typeof likeness>;
const nodeName = object({ code: text, chain: text, chain_name: text, chain_name_en: text, node: text, name: text, name_en: text });
export type NodeName = Of<typeof nodeName>;

const columns = {
  id: number,
  kind: oneOf(...kinds),
  uscc: text,
  firm: text,
  in_city: flag,
  product: text,
  node: nullable(nodeName),
  quantity: nullable(number),
  unit: text,
  unit_name: text,
  region: object({ adcode: text, name: text, name_en: text }),
  until: text,
  words: text,
  state: oneOf(...postStates),
  published_at: nullable(text),
  revision: number,
  yours: flag,
  likeness: nullable(likeness),
};
const contact = object({ person: text, phone: text, email: text });
export type Contact = Of<typeof contact>;
const post = object(columns);
export type Post = Of<typeof post>;
const opened = object({ ...columns, contact: nullable(contact) });
export type OpenedPost = Of<typeof opened>;

const match = object({
  score: number,
  parts: object({ name: number, node: nullable(number), region: nullable(number), quantity: nullable(number) }),
  likeness: nullable(likeness),
  post,
});
export type Match = Of<typeof match>;

const postPage = object({ results: list(post), next: nullable(text) });

/** One column of the board; `more`: there are more than the hundred shown. */
export async function fetchPosts(query: Query, signal?: AbortSignal): Promise<{ results: Post[]; more: boolean }> {
  const answer = await request("board/posts/", postPage, { query: { limit: 100, ...query }, signal });
  return { results: answer.results, more: answer.next !== null };
}

export const fetchPost = (id: number, signal?: AbortSignal): Promise<OpenedPost> => request(`board/posts/${id}/`, opened, { signal });

export const fetchMatches = async (id: number, signal?: AbortSignal): Promise<Match[]> =>
  (await request(`board/posts/${id}/matches/`, object({ results: list(match) }), { signal })).results;

export interface PostForm {
  kind: Kind;
  uscc: string;
  product: string;
  node: string;
  quantity: number | null;
  unit: string;
  region: string;
  until: string;
  words: string;
  person?: string;
  phone?: string;
  email?: string;
}

export const drawUpPost = (form: PostForm): Promise<OpenedPost> => request("board/posts/", opened, { method: "POST", body: form });
export const revisePost = (id: number, revision: number, form: Partial<PostForm>): Promise<OpenedPost> =>
  request(`board/posts/${id}/`, opened, { method: "PATCH", body: { ...form, revision } });
export const publishPost = (id: number): Promise<OpenedPost> => request(`board/posts/${id}/publish/`, opened, { method: "POST" });
export const closePost = (id: number): Promise<OpenedPost> => request(`board/posts/${id}/close/`, opened, { method: "POST" });
export const revealFirm = (id: number): Promise<Contact> => request(`board/posts/${id}/contact/`, contact, { method: "POST" });

const asked = object({ id: number, token: text });
/** To the office of the post's region, which speaks with the firm. */
export const askForPost = (id: number, question: Question & { counterpart?: number }): Promise<Asked> =>
  request(`board/posts/${id}/enquiries/`, asked, { method: "POST", body: question });

const firmName = object({ uscc: text, name: text });
export type FirmName = Of<typeof firmName>;
export const findFirms = async (q: string, signal?: AbortSignal): Promise<FirmName[]> =>
  (await request("enterprises/", object({ results: list(firmName) }), { query: { q, limit: 8 }, signal })).results;

export const suggestNodes = async (product: string, uscc: string, signal?: AbortSignal): Promise<NodeName[]> =>
  (await request("board/nodes/", object({ results: list(nodeName) }), { query: { product, uscc }, signal })).results;

const synonym = object({ id: number, name: text, head: text });
export type Synonym = Of<typeof synonym>;
export const fetchSynonyms = async (signal?: AbortSignal): Promise<Synonym[]> =>
  (await request("board/synonyms/", object({ results: list(synonym) }), { query: { limit: 500 }, signal })).results;
export const addSynonym = (name: string, head: string): Promise<Synonym> => request("board/synonyms/", synonym, { method: "POST", body: { name, head } });
export const dropSynonym = async (id: number): Promise<void> => void (await send(`api/v1/board/synonyms/${id}/`, { method: "DELETE" }));

/** The list as it is filtered, as a file. A refusal is an error in words. */
export const downloadPosts = (query: Query, format: "xlsx" | "csv"): Promise<void> => download("board/posts/export/", `board.${format}`, { query: { ...query, format } });
