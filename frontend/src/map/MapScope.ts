import type { Map as MapLibre } from "maplibre-gl";
import { defineComponent, provide, type PropType } from "vue";
import { mapKey } from "./useMap";

/** Hands a map that is ready to what stands inside. */
export const MapScope = defineComponent({
  props: { map: { type: Object as PropType<MapLibre>, required: true } },
  setup(props, { slots }) {
    provide(mapKey, props.map);
    return () => slots.default?.();
  },
});
