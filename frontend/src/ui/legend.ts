export interface LegendEntry {
  label: string;
  colour?: string;
  /** of the colour on the map, so that the two look alike */
  opacity?: number;
  /** fill unless said otherwise */
  shape?: "fill" | "outline" | "dashed" | "line" | "dot" | "ring" | "text";
  /** drawn inside the swatch, for shape "text" */
  symbol?: string;
  /** for "no data" and what is excluded */
  hatched?: boolean;
}
