import { defineAsyncComponent, type Component } from "vue";

/** When the browser has nothing better to do; soon in any case. */
const idle = (): Promise<void> =>
  new Promise((done) => ("requestIdleCallback" in window ? requestIdleCallback(() => done(), { timeout: 2000 }) : setTimeout(done, 200)));

type Load<T extends Component> = () => Promise<{ default: T }>;

/** A part of a page that nobody waits for: fetched once the page has drawn what it is about. */
export const later = <T extends Component>(load: Load<T>): T => defineAsyncComponent({ loader: () => idle().then(load), delay: 0 }) as T;

/** A part that only opens when asked for, fetched ahead in a quiet moment, so that it opens at once. */
export function ahead<T extends Component>(load: Load<T>): T {
  void idle().then(load, () => undefined);
  return defineAsyncComponent({ loader: load, delay: 0 }) as T;
}
