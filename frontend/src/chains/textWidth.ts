const known = new Map<string, number>();
let canvas: CanvasRenderingContext2D | null | undefined;

/** Width of a word in the bold face of the page, in em, as the browser draws it. */
export function textWidth(word: string): number {
  const before = known.get(word);
  if (before !== undefined) return before;
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return word.length;
  canvas.font = `600 100px ${getComputedStyle(document.body).fontFamily}`;
  const width = canvas.measureText(word).width / 100;
  known.set(word, width);
  return width;
}
