import { onBeforeUnmount, onMounted, ref, type Ref } from "vue";
import { asNumber, useUrl } from "@/ui/useUrl";

const least = 0.4;
const most = 2.5;

/** Ctrl + wheel (or a pinch on a touchpad) zooms about the pointer, dragging the ground moves it; scrolling stays as it is. */
export function usePan(element: Ref<HTMLElement | undefined>) {
  const asked = useUrl("zoom", asNumber);
  const zoom = ref(Math.min(most, Math.max(least, asked.value ?? 1)));
  let grabbed: { x: number; y: number; left: number; top: number } | null = null;

  function to(next: number, about?: { clientX: number; clientY: number }): void {
    const ground = element.value;
    const before = zoom.value;
    zoom.value = Math.round(100 * Math.min(most, Math.max(least, next))) / 100;
    asked.value = zoom.value === 1 ? undefined : zoom.value;
    if (!ground) return;
    const { left, top, width, height } = ground.getBoundingClientRect();
    const [x, y] = about ? [about.clientX - left, about.clientY - top] : [width / 2, height / 2];
    const grown = zoom.value / before;
    requestAnimationFrame(() => ground.scrollTo((ground.scrollLeft + x) * grown - x, (ground.scrollTop + y) * grown - y));
  }

  function wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    to(zoom.value * Math.exp(-event.deltaY / 300), event);
  }
  function down(event: PointerEvent): void {
    const ground = element.value;
    if (!ground || event.pointerType !== "mouse" || event.button !== 0 || (event.target as Element).closest("button")) return;
    grabbed = { x: event.clientX, y: event.clientY, left: ground.scrollLeft, top: ground.scrollTop };
    ground.setPointerCapture(event.pointerId);
  }
  function move(event: PointerEvent): void {
    if (grabbed) element.value?.scrollTo(grabbed.left + grabbed.x - event.clientX, grabbed.top + grabbed.y - event.clientY);
  }
  function up(): void {
    grabbed = null;
  }

  onMounted(() => element.value?.addEventListener("wheel", wheel, { passive: false }));
  onBeforeUnmount(() => element.value?.removeEventListener("wheel", wheel));
  return { zoom, to, down, move, up };
}
