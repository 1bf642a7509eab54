// @vitest-environment node
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { all, ApiError, context, queryString, request, Unreachable } from "./client";
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
