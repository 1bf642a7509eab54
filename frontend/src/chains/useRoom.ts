import { onBeforeUnmount, onMounted, ref, type Ref } from "vue";

const drawer = 27;
const wide = 100;

/**
 * Width of the whole frame and height of the ground, in rem: a drawer that opens does not lay the cards out anew. Where
 * there is much room, the drawer's is left free from the start.
 */
export function useRoom(ground: Ref<HTMLElement | undefined>) {
  const width = ref(0);
  const height = ref(0);
  const observer = new ResizeObserver(() => {
    const element = ground.value;
    if (!element) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const frame = (element.closest(".frame") ?? element).clientWidth / rem;
    width.value = Math.floor(frame > wide ? frame - drawer : frame) - 1;
    height.value = Math.floor(element.clientHeight / rem) - 1;
  });
  onMounted(() => {
    if (!ground.value) return;
    observer.observe(ground.value);
    const frame = ground.value.closest(".frame");
    if (frame) observer.observe(frame);
  });
  onBeforeUnmount(() => observer.disconnect());
  return { width, height };
}
