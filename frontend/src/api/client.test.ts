// @vitest-environment node
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { all, ApiError, context, queryString, request, session, Unreachable } from "./client";
import { anything, number, object, UnexpectedAnswer } from "./shape";

let server: Server;
const before = globalThis.document as Document | undefined;
let answer: (asked: IncomingMessage, told: ServerResponse) => void;
const json = (told: ServerResponse, status: number, body: unknown): void => {
  told.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
};

beforeAll(async () => {
  server = createServer((asked, told) => answer(asked, told));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(globalThis, { document: { baseURI: `http://127.0.0.1:${port}/prefix/land` } });
});
afterAll(() => {
  server.close();
  Object.assign(globalThis, { document: before });
});

describe("a request", () => {
  it("stays below the prefix and tells the language and the token", async () => {
    context.language = "en";
    context.csrf = "token";
    let seen: IncomingMessage | undefined;
    answer = (asked, told) => {
      seen = asked;
      json(told, 200, {});
    };
    await request("parcels/match/", anything, { method: "POST", body: { limit: 1 } });
    expect(seen?.url).toBe("/prefix/api/v1/parcels/match/");
    expect(seen?.headers).toMatchObject({ "accept-language": "en", "x-csrftoken": "token" });
  });

  it("that is refused carries the server's words, by field too", async () => {
    answer = (_, told) => json(told, 400, { type: "validation_error", errors: [{ code: "invalid", detail: "limit is a whole number", attr: "limit" }] });
    const error = await request("regions/", anything).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).message).toBe("limit is a whole number");
    expect((error as ApiError).about("limit")).toBe("limit is a whole number");
    expect((error as ApiError).about("bbox")).toBeUndefined();
  });

  it("that fails without words still says its status and a reference", async () => {
    answer = (_, told) => told.writeHead(502).end("<html>");
    const error = (await request("regions/", anything).catch((caught: unknown) => caught)) as ApiError;
    expect(error.status).toBe(502);
    expect(error.reference).toMatch(/^\w{6,}$/);
  });

  it("to a server that is not ready yet is sent again when it says, until its sender leaves", async () => {
    const leaving = new AbortController();
    let count = 0;
    answer = (_, told) => {
      count += 1;
      if (count === 3 || count === 4) json(told, 200, { count });
      else told.writeHead(503, { "Retry-After": "0.02" }).end("{}");
      if (count === 5) leaving.abort();
    };
    expect(await request("parcels/match/", object({ count: number }), { method: "POST", body: {} })).toEqual({ count: 3 });
    await request("regions/", anything);
    await expect(request("regions/", anything, { signal: leaving.signal })).rejects.toThrow("abort");
    expect(count).toBe(5);
  });

  it("that is refused without a time to come again is sent once", async () => {
    let count = 0;
    answer = (_, told) => {
      count += 1;
      told.writeHead(503).end("{}");
    };
    await expect(request("regions/", anything)).rejects.toMatchObject({ status: 503 });
    expect(count).toBe(1);
  });

  it("without an answer is unreachable", async () => {
    answer = (asked) => asked.socket.destroy();
    await expect(request("regions/", anything)).rejects.toBeInstanceOf(Unreachable);
  });

  it("whose answer has another shape says where", async () => {
    answer = (_, told) => json(told, 200, { parcels: { count: "3" } });
    await expect(request("portal/", object({ parcels: object({ count: number }) }))).rejects.toThrow(
      new UnexpectedAnswer("portal/.parcels.count", "a number", "3"),
    );
  });

  it("can only go to an address that the schema has", () => {
    // @ts-expect-error there is no such address
    const ask = () => request("nowhere/", anything);
    expect(ask).toBeTypeOf("function");
  });
});

it("pages follow the server's parameters, not its host: a proxy may have another", async () => {
  const seen: string[] = [];
  answer = (asked, told) => {
    seen.push(asked.url ?? "");
    const last = seen.length > 1;
    json(told, 200, { results: [seen.length], next: last ? null : "http://inside.example/api/v1/enterprises/?cursor=abc&limit=500&q=x" });
  };
  expect(await all("enterprises/", number, { query: { q: "x" } })).toEqual([1, 2]);
  expect(seen[1]).toBe("/prefix/api/v1/enterprises/?limit=500&q=x&cursor=abc");
});

it("a query leaves out what is not given", () => {
  expect(queryString({ a: 1, b: undefined, c: null, d: "", e: ["x", "y"], f: false })).toBe("?a=1&e=x%2Cy&f=false");
  expect(queryString({})).toBe("");
});

describe("a request whose session has ended", () => {
  const refused = (told: ServerResponse): void => json(told, 403, { type: "client_error", errors: [{ code: "not_authenticated", detail: "ended", attr: null }] });

  it("waits until it was renewed and is then sent once more, as it was", async () => {
    context.person = "王";
    const seen: { headers: IncomingMessage["headers"]; body: string }[] = [];
    answer = (asked, told) => {
      let body = "";
      asked.on("data", (part) => (body += String(part)));
      asked.on("end", () => {
        seen.push({ headers: asked.headers, body });
        if (seen.length === 1) refused(told);
        else json(told, 200, {});
      });
    };
    session.renew = ({ person, writes }) => {
      expect([person, writes]).toEqual(["王", true]);
      context.csrf = "fresh";
      return Promise.resolve(undefined);
    };
    await request("enquiries/", anything, { method: "POST", body: { message: "?" }, headers: { "Idempotency-Key": "k" } });
    expect(seen.map(({ body }) => body)).toEqual(['{"message":"?"}', '{"message":"?"}']);
    expect(seen[1]?.headers).toMatchObject({ "x-csrftoken": "fresh", "x-luodi-person": "%E7%8E%8B", "idempotency-key": "k" });
  });

  it("that was not renewed says why in words, and one that is refused again is not sent a third time", async () => {
    context.person = "li";
    let count = 0;
    answer = (_, told) => {
      count += 1;
      refused(told);
    };
    session.renew = () => Promise.resolve("nothing was sent");
    await expect(request("enquiries/", anything, { method: "POST", body: {} })).rejects.toThrow("nothing was sent");
    session.renew = () => Promise.resolve(undefined);
    await expect(request("enquiries/", anything, { method: "POST", body: {} })).rejects.toThrow("ended");
    expect(count).toBe(3);
  });

  it("sends no file before it is known who is here", async () => {
    context.person = "li";
    let count = 0;
    answer = (_, told) => {
      count += 1;
      json(told, 200, {});
    };
    session.renew = () => Promise.resolve("nothing was sent");
    await expect(request("imports/", anything, { method: "POST", body: new FormData() })).rejects.toThrow("nothing was sent");
    expect(count).toBe(0);
    session.renew = () => Promise.resolve(undefined);
    await request("imports/", anything, { method: "POST", body: new FormData() });
    expect(count).toBe(1);
  });

  it("of a visitor is a plain refusal", async () => {
    context.person = "";
    answer = (_, told) => refused(told);
    session.renew = () => Promise.reject(new Error("not asked"));
    await expect(request("enquiries/", anything, { method: "POST", body: {} })).rejects.toThrow("ended");
  });
});
