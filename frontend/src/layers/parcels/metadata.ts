/** Standard-land parcels: this deployment's own table, with the rights of who looks; outlines from zoom 10, hexagons below. */
export const parcels = { layer: "parcels", name: "land.layer", outlinesFrom: 10, licence: "" } as const;

export const statusColours = { published: "#0072B2", reserved: "#E69F00", transferred: "#7B8794" } as const;
export const draftColour = "#5F6B76";
