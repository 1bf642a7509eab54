import { describe, expect, it, vi } from "vitest";
import { createApp, defineComponent, h, type App } from "vue";
import { createMemoryHistory, createRouter, RouterView, type Router } from "vue-router";
import { asList, asNumber, asText, useQuery, useUrl } from "./useUrl";

type Part = ReturnType<typeof useUrl<string | undefined>>;

interface Opened {
  app: App;
  router: Router;
  node: Part;
  firm: Part;
  query: ReturnType<typeof useQuery>;
  /** lets the page that is fetched when it is asked for arrive */
  arrive: () => void;
}

async function opened(address: string): Promise<Opened> {
  const parts = {} as Pick<Opened, "node" | "firm" | "query">;
  const Chains = defineComponent(() => {
    Object.assign(parts, { node: useUrl("node", asText), firm: useUrl("firm", asText), query: useQuery() });
    return () => h("p");
  });
  let arrive = (): void => {};
  const late = new Promise<object>((resolve) => {
    arrive = () => resolve({ render: () => h("p") });
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { name: "chains", path: "/chains/:code?", component: Chains },
      { name: "land", path: "/land", component: () => late as never },
    ],
  });
  await router.push(address);
  const app = createApp(() => h(RouterView)).use(router);
  app.mount(document.createElement("div"));
  return { app, router, ...parts, arrive };
}

const address = (router: Router): string => router.currentRoute.value.fullPath;

describe("a part of the address", () => {
  it("holds at once and is written beside what stands there", async () => {
    const { app, router, node } = await opened("/chains/car?q=cell");
    node.value = "anode";
    expect(node.value).toBe("anode");
    await vi.waitFor(() => expect(address(router)).toBe("/chains/car?q=cell&node=anode"));
    node.value = undefined;
    await vi.waitFor(() => expect(address(router)).toBe("/chains/car?q=cell"));
    app.unmount();
  });

  it("is not undone by another that is set while it is being written", async () => {
    const { app, router, node, firm } = await opened("/chains/car");
    node.value = "anode";
    setTimeout(() => (firm.value = "f1"));
    await vi.waitFor(() => expect(address(router)).toBe("/chains/car?node=anode&firm=f1"));
    app.unmount();
  });

  it("waits for a navigation of the same page and is written where it led", async () => {
    const { app, router, node } = await opened("/chains/car");
    void router.push("/chains/ship?view=table");
    node.value = "hull";
    await vi.waitFor(() => expect(address(router)).toBe("/chains/ship?view=table&node=hull"));
    app.unmount();
  });

  it("stands in the address that is left by the same click, for who comes back", async () => {
    const { app, router, node, arrive } = await opened("/chains/car?q=cell");
    arrive();
    node.value = "anode";
    await router.push("/land");
    expect(address(router)).toBe("/land");
    router.back();
    await vi.waitFor(() => expect(address(router)).toBe("/chains/car?q=cell&node=anode"));
    app.unmount();
  });

  it("goes along with a link that takes all of the page's state, written or not", async () => {
    const { app, query, node } = await opened("/chains/car?q=cell");
    node.value = "anode";
    expect(query.value).toEqual({ q: "cell", node: "anode" });
    app.unmount();
  });

  it("does not stop a navigation to another page, nor follows it there", async () => {
    const { app, router, node, arrive } = await opened("/chains/car");
    void router.push("/land");
    node.value = "anode";
    await new Promise((resolve) => setTimeout(resolve, 20));
    arrive();
    await vi.waitFor(() => expect(address(router)).toBe("/land"));
    node.value = "cathode"; // an answer that comes when its page is gone
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(address(router)).toBe("/land");
    app.unmount();
  });
});

describe("codecs", () => {
  it("take what is no number for none", () => {
    expect(["12", "0", "", "x", undefined].map(asNumber.read)).toEqual([12, 0, undefined, undefined, undefined]);
  });

  it("leave an empty list out", () => {
    expect(asList.write([])).toBeUndefined();
    expect(asList.read("a,b")).toEqual(["a", "b"]);
  });
});
