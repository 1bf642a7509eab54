import { computed, onScopeDispose, shallowRef, type ComputedRef, type WritableComputedRef } from "vue";
import { isNavigationFailure, NavigationFailureType, useRoute, useRouter, type LocationQueryRaw, type RouteLocation, type Router } from "vue-router";

export interface Codec<T> {
  read: (text: string | undefined) => T;
  write: (value: T) => string | undefined;
}

export const asText: Codec<string | undefined> = { read: (text) => text || undefined, write: (value) => value };

export const asNumber: Codec<number | undefined> = {
  read: (text) => (text !== undefined && text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined),
  write: (value) => (value === undefined ? undefined : String(value)),
};

export const asFlag: Codec<boolean> = { read: (text) => text === "1", write: (value) => (value ? "1" : undefined) };

export const asList: Codec<string[]> = {
  read: (text) => (text ? text.split(",") : []),
  write: (value) => (value.length ? value.join(",") : undefined),
};

/** What was set and is not in the address yet. It holds at once; what is set in one tick is written as one. */
const changes = shallowRef<LocationQueryRaw>({});
const followed = new WeakSet<Router>();
/** Where a navigation is under way to: the address is written when it has arrived, as writing now would stop it. */
let heading: RouteLocation | null = null;
let due: ReturnType<typeof setTimeout> | undefined;

/** The query with what is not written yet. */
const queryOf = (router: Router): LocationQueryRaw =>
  Object.fromEntries(Object.entries({ ...router.currentRoute.value.query, ...changes.value }).filter(([, value]) => value !== undefined));

async function write(router: Router): Promise<void> {
  const written = changes.value;
  if (heading || Object.keys(written).length === 0) return;
  const { params, hash } = router.currentRoute.value;
  const failure = await router.replace({ query: queryOf(router), params, hash });
  if (isNavigationFailure(failure, NavigationFailureType.cancelled)) return; // written once the navigation that was quicker has arrived
  const left = Object.entries(changes.value).filter(([name, value]) => !(name in written) || written[name] !== value);
  changes.value = Object.fromEntries(left);
}

/** Later than any navigation of the same tick has made itself known. */
function writeSoon(router: Router): void {
  clearTimeout(due);
  due = setTimeout(() => void write(router));
}

function follow(router: Router): void {
  if (followed.has(router)) return;
  followed.add(router);
  router.beforeEach((to, from) => {
    heading = to;
    const { history } = router.options;
    if (to.name === from.name || Object.keys(changes.value).length === 0 || history.location !== from.fullPath) return;
    history.replace(router.resolve({ query: queryOf(router), params: from.params, hash: from.hash }).fullPath); // who comes back finds it
  });
  router.afterEach((to, from, failure) => {
    if (heading === to) heading = null;
    if (!failure && to.name !== from.name) changes.value = {}; // they were of the page that was left
    if (!heading) writeSoon(router);
  });
  router.onError((_, to) => {
    if (heading === to) heading = null;
  });
}

/** All of the page's state, with what was set a moment ago: for a link that takes it along. */
export function useQuery(): ComputedRef<LocationQueryRaw> {
  const router = useRouter();
  follow(router);
  return computed(() => queryOf(router));
}

/** One part of the page's state that lives in the address: `const zoomed = useUrl("zoom", asNumber)`. */
export function useUrl<T>(name: string, codec: Codec<T>): WritableComputedRef<T> {
  const route = useRoute();
  const router = useRouter();
  let gone = false;
  follow(router);
  onScopeDispose(() => {
    gone = true;
  });
  return computed({
    get: () => {
      const value = name in changes.value ? changes.value[name] : route.query[name];
      return codec.read(typeof value === "string" ? value : undefined);
    },
    set: (value) => {
      if (gone) return; // an answer that came late is not for the address of another page
      changes.value = { ...changes.value, [name]: codec.write(value) };
      writeSoon(router);
    },
  });
}
