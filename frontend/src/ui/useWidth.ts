import { readonly, ref } from "vue";

const query = (condition: string) => {
  const match = window.matchMedia(condition);
  const state = ref(match.matches);
  match.addEventListener("change", (event) => (state.value = event.matches));
  return readonly(state);
};

/** Below 720 px the panel is a sheet and the drawer a page. */
export const isNarrow = query("(max-width: 719.98px)");
/** From 2560 px two drawers stand side by side. */
export const isWall = query("(min-width: 2560px)");
