import type { Indicator } from "@/api/indicators";

/** The distance to a place somebody chose, asked for like any indicator of the land. */
export const PLACE = "place_km";

export const placeIndicator = (name?: string): Indicator => ({
  code: PLACE,
  group: "services",
  group_zh: "配套服务",
  group_en: "Services",
  name_zh: name ? `距${name}` : "距所选位置",
  name_en: `Distance to ${name ?? "the chosen place"}`,
  unit: "km",
  bound: "lower_better",
  origin: "computed",
  type: "decimal",
  min: null,
  max: null,
  choices: [],
  options: [],
  own: false,
  public: true,
  legal_basis_zh: "",
  legal_basis_en: "",
  department_zh: "",
  department_en: "",
  note_zh: "从宗地标注点起算的直线距离。",
  note_en: "Straight-line distance from the parcel's label point.",
});
