import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";

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
  ["calls", "/calls", "./promotion/CallsPage.vue"],
  ["fulfilment", "/fulfilment", "./fulfilment/FulfilmentPage.vue"],
  ["data", "/data", "./data/DataPage.vue"],
  ["signin", "/signin", "./accounts/SignInPage.vue"],
  ["register", "/register", "./accounts/RegisterPage.vue"],
  ["account", "/account", "./accounts/AccountPage.vue"],
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

/** Whether a page of this name is part of the build. */
export const hasPage = (name: string): boolean => router.hasRoute(name);
