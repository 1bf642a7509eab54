import { page, request, type Page, type Query } from "./client";
import { flag, list, nullable, number, object, text, type Of } from "./shape";

const notification = object({ id: number, topic: text, text, link: text, created_at: text, read: flag });
export type Notification = Of<typeof notification>;

const count = object({ unread: number });

export const fetchNotifications = (query: Query, signal?: AbortSignal): Promise<Page<Notification>> =>
  page("notifications/", notification, { query, signal });

const counted = object({ results: list(notification), next: nullable(text), unread: number });

export const countUnread = async (): Promise<number> =>
  (await request("notifications/", counted, { query: { limit: 1, unread: true }, background: true })).unread;

export const markRead = async (which: { ids: number[] } | { all: true }): Promise<number> =>
  (await request("notifications/read/", count, { method: "POST", body: which })).unread;
