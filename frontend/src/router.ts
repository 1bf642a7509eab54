import { createRouter, createWebHistory, type RouteLocation, type RouteRecordRaw } from "vue-router";
import { foresee } from "@/api/client";

/** The pages, each a chunk of its own. `section` is the entry of the rail that is lit. */
const pages = import.meta.glob<{ default: object }>("./*/*Page.vue");

const table: [name: string, path: string, file: string][] = [
  ["portal", "/", "./portal/PortalPage.vue"],
  ["land", "/land/:code?", "./landparcels/LandPage.vue"],
  ["notices", "/notices", "./landparcels/NoticesPage.vue"],
  ["parcel", "/land/parcels/:code", "./landparcels/ParcelPage.vue"],
  ["verify", "/verify/:card?", "./landparcels/VerifyPage.vue"],
  ["chains", "/chains/:code?", "./chains/ChainsPage.vue"],
  ["enterprise", "/enterprises/:uscc", "./enterprises/EnterprisePage.vue"],
  ["maps", "/maps/:industry?", "./industrymap/MapsPage.vue"],
  ["siting", "/siting", "./siting/SitingPage.vue"],
  ["targets", "/targets", "./promotion/TargetsPage.vue"],
  ["board", "/board", "./board/BoardPage.vue"],
  ["calls", "/calls", "./promotion/CallsPage.vue"],
  ["fulfilment", "/fulfilment", "./fulfilment/FulfilmentPage.vue"],
  ["data", "/data", "./data/DataPage.vue"],
  ["signin", "/signin", "./accounts/SignInPage.vue"],
  ["register", "/register", "./accounts/RegisterPage.vue"],
  ["consent", "/consent/:version?", "./accounts/ConsentPage.vue"],
  ["account", "/account", "./accounts/AccountPage.vue"],
  ["enquiry", "/enquiry", "./investors/EnquiryPage.vue"],
  ["inbox", "/inbox/:number?", "./investors/InboxPage.vue"],
];

const routes: RouteRecordRaw[] = table.flatMap(([name, path, file]) => {
  const component = pages[file];
  return component ? [{ name, path, component }] : [];
});
routes.push({ path: "/:lost(.*)*", name: "lost", component: () => import("./ui/LostPage.vue") });

export const router = createRouter({
  history: createWebHistory(new URL(document.baseURI).pathname),
  routes,
});

/** What a page asks of the server before it can show anything, where the address tells it already. */
const foreseeable: Record<string, (to: RouteLocation) => string | undefined> = {
  chains: ({ params: { code }, query }) => (typeof code === "string" && code && !query.around ? `api/v1/chains/${encodeURIComponent(code)}/` : undefined),
};
router.beforeEach((to, from) => {
  const path = to.name === from.name ? undefined : foreseeable[String(to.name)]?.(to);
  if (path) foresee(path);
});

/** Whether a page of this name is part of the build. */
export const hasPage = (name: string): boolean => router.hasRoute(name);
