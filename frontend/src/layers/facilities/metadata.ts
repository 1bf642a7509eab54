/** Facilities: this deployment's own table. Visitors see transport, services and innovation; utilities are for staff. */
export const facilities = { layer: "facilities", licence: "" } as const;

/** The categories by group, as the server lists them. */
export const groups = {
  utilities: ["substation", "water_plant", "gas_station", "sewage_plant", "heat_plant"],
  transport: ["motorway_access", "rail_freight", "rail_passenger", "airport", "port", "metro", "logistics"],
  services: ["hospital", "school", "vocational_school", "housing", "fire_station", "commerce"],
  innovation: ["university", "laboratory"],
} as const;
export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups) as Group[];
