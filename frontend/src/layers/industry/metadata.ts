/** The sheet of one industry: H3 density and location quotients, worked out from the firms' own latest figures (METHODS 3). */
export const industry = { density: "maps.views.density", quotient: "maps.views.quotient", licence: "" } as const;
