/** The colours of data; the same on both grounds, and told apart without red and green. */

export const categories = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#8C6D00"] as const;

/** How strongly a field or an area is coloured: the ground shines through, in the legend, too. */
export const fieldOpacity = 0.8;

/** Amounts, from little to much. */
const viridis = ["#440154", "#482878", "#3E4A89", "#31688E", "#26828E", "#1F9E89", "#35B779", "#6DCD59", "#B4DE2C", "#FDE725"];
/** Below and above a middle. */
const difference = ["#2166AC", "#67A9CF", "#D1E5F0", "#F7F7F7", "#FDDBC7", "#F4A582", "#E08214"];
/** Fit: 0, 60, 100. */
const fit: [number, string][] = [[0, "#D55E00"], [60, "#F0E442"], [100, "#009E73"]];

function channels(colour: string): [number, number, number] {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((value, index) => Math.round(value + (b[index]! - value) * share).toString(16).padStart(2, "0")).join("")}`;
}

function spread(colours: string[], n: number): string[] {
  return Array.from({ length: n }, (_, index) => {
    const place = n === 1 ? colours.length - 1 : (index / (n - 1)) * (colours.length - 1);
    const below = Math.min(colours.length - 2, Math.floor(place));
    return mix(colours[below]!, colours[below + 1]!, place - below);
  });
}

/** n classes of an amount (at most seven are told apart by eye). */
export const heat = (n: number): string[] => spread(viridis, n);
export const differences = (n: number): string[] => spread(difference, n);

/** The colour of a fit of 0 to 100. */
export function fitColour(score: number): string {
  const value = Math.min(100, Math.max(0, score));
  const [from, to] = value < 60 ? [fit[0]!, fit[1]!] : [fit[1]!, fit[2]!];
  return mix(from[1], to[1], (value - from[0]) / (to[0] - from[0]));
}
