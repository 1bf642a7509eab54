import type { Map as MapLibre } from "maplibre-gl";
import { inject, type InjectionKey } from "vue";

export const mapKey: InjectionKey<MapLibre> = Symbol("map");

/** The map a component stands in. It is never reactive, and there is one only inside of <MapView>. */
export function useMap(): MapLibre {
  const map = inject(mapKey);
  if (!map) throw new Error("useMap is for components inside of <MapView>");
  return map;
}
