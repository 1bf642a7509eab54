import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification, StyleSetterOptions, VectorTileSource } from "maplibre-gl";
import { onBeforeUnmount, onMounted, toValue, watch, type MaybeRefOrGetter } from "vue";
import { slotId, type Slot } from "./basemap";
import { useMap } from "./useMap";

export interface MapLayers {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
}

const unchecked: StyleSetterOptions = { validate: false };

type Values = Record<string, unknown>;

function changed(before: Values | undefined, after: Values | undefined): [string, unknown][] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
    .map((name) => [name, after?.[name]]);
}

/** Sets only what differs, so that a slider moves colours and not tiles. */
export function applyLayers(map: MapLibre, before: LayerSpecification[], after: LayerSpecification[]): void {
  const known = new Map(before.map((layer) => [layer.id, layer]));
  for (const layer of after) {
    const old = known.get(layer.id);
    if (!old || !map.getLayer(layer.id)) continue;
    // Names come from a layer of the same type; the overloads cannot be expressed for a loop.
    for (const [name, value] of changed(old.paint as Values, layer.paint as Values)) map.setPaintProperty(layer.id, name as never, value as never, unchecked);
    for (const [name, value] of changed(old.layout as Values, layer.layout as Values)) map.setLayoutProperty(layer.id, name as never, value as never, unchecked);
    const oldFilter = "filter" in old ? old.filter : undefined;
    const filter = "filter" in layer ? layer.filter : undefined;
    if (JSON.stringify(oldFilter) !== JSON.stringify(filter)) map.setFilter(layer.id, filter ?? null, unchecked);
  }
}

function applySource(map: MapLibre, id: string, before: SourceSpecification | undefined, after: SourceSpecification): void {
  const source = map.getSource(id);
  if (!source) {
    map.addSource(id, after);
  } else if (before && after.type === "vector" && before.type === "vector") {
    if (JSON.stringify(before.tiles) !== JSON.stringify(after.tiles)) (source as VectorTileSource).setTiles(after.tiles ?? []);
  } else if (before && after.type === "geojson" && before.type === "geojson" && before.data !== after.data) {
    (source as GeoJSONSource).setData(after.data);
  }
}

/**
 * The layers are on the map exactly as long as the component is on the page. Given a getter, they follow it: sources get
 * new addresses or data, layers new paint, layout and filters.
 */
export function useMapLayers(spec: MaybeRefOrGetter<MapLayers>, slot: Slot = "shapes"): void {
  const map = useMap();
  let shown: MapLayers = { sources: {}, layers: [] };

  function show(next: MapLayers): void {
    for (const { id } of shown.layers) {
      if (!next.layers.some((layer) => layer.id === id)) map.removeLayer(id);
    }
    for (const id of Object.keys(shown.sources)) if (!(id in next.sources)) map.removeSource(id);
    for (const [id, source] of Object.entries(next.sources)) applySource(map, id, shown.sources[id], source);
    for (const layer of next.layers) if (!map.getLayer(layer.id)) map.addLayer(layer, slotId(slot));
    applyLayers(map, shown.layers, next.layers);
    shown = next;
  }

  onMounted(() => show(toValue(spec)));
  watch(() => toValue(spec), show, { flush: "post" });
  onBeforeUnmount(() => {
    for (const { id } of shown.layers) if (map.getLayer(id)) map.removeLayer(id);
    for (const id of Object.keys(shown.sources)) if (map.getSource(id)) map.removeSource(id);
  });
}
