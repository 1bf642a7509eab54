import type { MapGeoJSONFeature, MapLayerMouseEvent, MapMouseEvent } from "maplibre-gl";
import { onBeforeUnmount, onMounted } from "vue";
import { useMap } from "./useMap";

export interface Hit {
  feature: MapGeoJSONFeature;
  lngLat: [number, number];
}

const hit = (event: MapLayerMouseEvent): Hit | null => {
  const feature = event.features?.[0];
  return feature ? { feature, lngLat: [event.lngLat.lng, event.lngLat.lat] } : null;
};

/** Pointer over and click on features of these layers. `over(null)` when it leaves. */
export function useFeatureEvents(layers: string[], on: { over?: (hit: Hit | null) => void; click?: (hit: Hit) => void }): void {
  const map = useMap();
  const move = (event: MapLayerMouseEvent): void => {
    map.getCanvas().style.cursor = on.click ? "pointer" : "";
    on.over?.(hit(event));
  };
  const leave = (): void => {
    map.getCanvas().style.cursor = "";
    on.over?.(null);
  };
  const click = (event: MapLayerMouseEvent): void => {
    const found = hit(event);
    if (found) on.click?.(found);
  };
  onMounted(() => {
    map.on("mousemove", layers, move);
    map.on("mouseleave", layers, leave);
    map.on("click", layers, click);
  });
  onBeforeUnmount(() => {
    map.off("mousemove", layers, move);
    map.off("mouseleave", layers, leave);
    map.off("click", layers, click);
    map.getCanvas().style.cursor = "";
  });
}

/** A click anywhere on the map, in degrees. */
export function useMapClick(onClick: (lngLat: [number, number]) => void): void {
  const map = useMap();
  const click = ({ lngLat }: MapMouseEvent): void => onClick([lngLat.lng, lngLat.lat]);
  onMounted(() => map.on("click", click));
  onBeforeUnmount(() => map.off("click", click));
}

/** Feature state on one feature at a time, e.g. the one under the pointer. Ids are integers. */
export function useFeatureState(source: string, sourceLayer: string, state: string): (id: number | null) => void {
  const map = useMap();
  let current: number | null = null;
  const target = (id: number) => ({ source, sourceLayer, id });
  return (id) => {
    if (id === current || !map.getSource(source)) return;
    if (current !== null) map.removeFeatureState(target(current), state);
    if (id !== null) map.setFeatureState(target(id), { [state]: true });
    current = id;
  };
}
