import { computed, type ComputedRef } from "vue";
import { useRoute } from "vue-router";

/** Colours of the ground the data lies on; those of the data are the same on both. */
export interface Theme {
  name: "light" | "dark";
  land: string;
  /** land that is not the city's */
  around: string;
  sea: string;
  /** where the sea meets the land */
  coast: string;
  park: string;
  parkName: string;
  border: string;
  road: string;
  roadEdge: string;
  text: string;
  quiet: string;
  halo: string;
  accent: string;
}

export const light: Theme = {
  name: "light",
  land: "#F4F1EA",
  around: "#EAE6DC",
  sea: "#DCE9EF",
  coast: "#B7D0DD",
  park: "#8A7FA8",
  parkName: "#5B5080",
  border: "#B9B2A3",
  road: "#FFFFFF",
  roadEdge: "#D8D2C4",
  text: "#1F2933",
  quiet: "#5F6B76",
  halo: "#FFFFFF",
  accent: "#0B5CAD",
};

export const dark: Theme = {
  name: "dark",
  land: "#14202B",
  around: "#101A23",
  sea: "#0B141C",
  coast: "#17303F",
  park: "#8C84B5",
  parkName: "#B9B2DA",
  border: "#3B4C5B",
  road: "#2B3A47",
  roadEdge: "#0F1922",
  text: "#E6ECF1",
  quiet: "#9FB0BE",
  halo: "#0B141C",
  accent: "#6CB2F0",
};

/** `?wall=1`: for a screen on a wall, without controls. */
export function useWallMode(): ComputedRef<boolean> {
  const route = useRoute();
  return computed(() => route.query.wall === "1");
}

export function useTheme(): ComputedRef<Theme> {
  const wall = useWallMode();
  return computed(() => (wall.value ? dark : light));
}
