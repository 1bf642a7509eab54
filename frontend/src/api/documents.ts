import { base, ifMatch, request, send } from "./client";
import { flag, list, nullable, number, object, oneOf, text, type Of } from "./shape";

export const documentKinds = ["planning", "survey", "assessment", "approval", "drawing", "notice", "photo", "other"] as const;
export type DocumentKind = (typeof documentKinds)[number];

const document = object({
  id: number,
  name: text,
  kind: oneOf(...documentKinds),
  kind_name: text,
  dated: nullable(text),
  public: flag,
  file_name: text,
  size: number,
  mark: text,
});
export type ParcelDocument = Of<typeof document>;

const documents = object({ results: list(document), may_change: flag });
export type ParcelDocuments = Of<typeof documents>;

export const fetchDocuments = (code: string, signal?: AbortSignal): Promise<ParcelDocuments> =>
  request(`parcels/${encodeURIComponent(code)}/documents/`, documents, { signal });

export interface NewDocument {
  file: File;
  name: string;
  kind: DocumentKind;
  dated: string;
  public: boolean;
}

export function addDocument(code: string, { file, name, kind, dated, public: open }: NewDocument): Promise<ParcelDocument> {
  const body = new FormData();
  body.set("file", file);
  body.set("kind", kind);
  body.set("public", String(open));
  if (name) body.set("name", name);
  if (dated) body.set("dated", dated);
  return request(`parcels/${encodeURIComponent(code)}/documents/`, document, { method: "POST", body });
}

export const showDocument = ({ id, mark }: ParcelDocument, open: boolean): Promise<ParcelDocument> =>
  request(`documents/${id}/`, document, { method: "PATCH", body: { public: open }, headers: ifMatch(mark) });

export const removeDocument = async ({ id, mark }: ParcelDocument): Promise<void> => {
  await send(`api/v1/documents/${id}/`, { method: "DELETE", headers: ifMatch(mark) });
};

export const documentAddress = (id: number): string => `${base()}api/v1/documents/${id}/file/`;
