import { page, request, type Page, type Query } from "./client";
import { download } from "./download";
import { anything, flag, list, nullable, number, object, oneOf, text, type Of } from "./shape";

export const states = ["new", "waiting", "answered", "closed"] as const;
export type EnquiryState = (typeof states)[number];

const row = {
  id: number,
  parcels: list(text),
  /** in the order of `parcels` */
  parcel_names: list(text),
  /** what it is about where no parcels are, and the path of its page */
  subject: text,
  link: text,
  region: nullable(text),
  region_name: text,
  state: oneOf(...states),
  owner: nullable(text),
  owner_name: text,
  asker: text,
  mine: flag,
  visitor: flag,
  excerpt: text,
  unread: flag,
  created_at: text,
  moved_at: text,
  closed_at: nullable(text),
  erased_at: nullable(text),
  revision: number,
};
const enquiryRow = object(row);
export type EnquiryRow = Of<typeof enquiryRow>;

const contact = object({ person: text, phone: text, email: text });
export type Contact = Of<typeof contact>;

const enquiry = object({
  ...row,
  contact,
  may_handle: flag,
  colleagues: list(object({ username: text, name: text })),
  messages: list(object({ id: number, by_office: flag, author: text, mine: flag, text, at: text })),
});
export type Enquiry = Of<typeof enquiry>;

/** What every question to an office holds, whatever it is about. */
export interface Question {
  message: string;
  person?: string;
  phone?: string;
  email?: string;
  consent?: string;
}

/** The thread it began; `token` is what the link of somebody without an account holds, told this once. */
export interface Asked {
  id: number;
  token: string;
  region_name?: string;
}
const asked = object({ ...row, token: text });
export const enquire = async (question: Question & { parcels: string[] }): Promise<Asked[]> =>
  (await request("enquiries/", object({ results: list(asked) }), { method: "POST", body: question })).results;

const visitorThread = object({
  parcels: list(text),
  parcel_names: list(text),
  subject: text,
  link: text,
  region_name: text,
  state: oneOf(...states),
  created_at: text,
  messages: list(object({ id: number, by_office: flag, text, at: text })),
});
export type VisitorThread = Of<typeof visitorThread>;

export const followThread = (token: string, signal?: AbortSignal): Promise<VisitorThread> =>
  request("enquiries/thread/", visitorThread, { method: "POST", body: { token }, signal });

export const writeInThread = (token: string, words: string): Promise<VisitorThread> =>
  request("enquiries/thread/messages/", visitorThread, { method: "POST", body: { token, text: words } });

export const fetchEnquiries = (query: Query, signal?: AbortSignal): Promise<Page<EnquiryRow>> =>
  page("enquiries/", enquiryRow, { query, signal });

export const fetchEnquiry = (id: number, signal?: AbortSignal): Promise<Enquiry> => request(`enquiries/${id}/`, enquiry, { signal });

export const writeMessage = (id: number, words: string): Promise<Enquiry> =>
  request(`enquiries/${id}/messages/`, enquiry, { method: "POST", body: { text: words } });

export const changeEnquiry = (id: number, change: { revision: number; state?: EnquiryState; owner?: string }): Promise<Enquiry> =>
  request(`enquiries/${id}/`, enquiry, { method: "PATCH", body: change });

export const markSeen = (id: number): Promise<unknown> => request(`enquiries/${id}/read/`, anything, { method: "POST" });

export const revealContact = (id: number): Promise<Contact> => request(`enquiries/${id}/contact/`, contact, { method: "POST" });

/** The inbox as a file; with contacts in clear only where one's office is the one assigned, and each is written down. */
export const exportEnquiries = (options: { state?: EnquiryState; contacts: boolean }): Promise<void> =>
  download("enquiries/export/", "enquiries.csv", { method: "POST", body: options });
