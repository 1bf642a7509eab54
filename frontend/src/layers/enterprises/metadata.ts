/** Firms: this deployment's own table; visitors see the listed ones. Hexagons with their number from afar, points from zoom 12. */
export const enterprises = { layer: "enterprises", name: "maps.layer", pointsFrom: 12, licence: "" } as const;

/** Radius of a point in pixels by size class; unknown is drawn as the smallest. */
export const radii = { large: 7, medium: 5.5, small: 4.5, micro: 3.5 } as const;
