import { describe, expect, it } from "vitest";
import { nameOf } from "@/geo/names";
import { node } from "./fixtures";
import { counts, matching } from "./filter";

const nodes = [
  node("metal", { name: "金属", leaf: false, state: "missing" }),
  node("plate", { name: "钢板", name_en: "Steel plate", parent: "metal", state: "missing", chokepoint: true, single_source: false }),
  node("wire", { name: "铜线", name_en: "Copper wire", parent: "metal", state: "weak", chokepoint: false, single_source: true }),
  node("car", { name: "整车", state: "strong", chokepoint: false, single_source: false }),
];

describe("what is asked for", () => {
  it("is everything when nothing is", () => expect(matching(nodes, "  ", [])).toBeNull());

  it("is found by state or flag, with the parents above", () => {
    expect(matching(nodes, "", ["weak"])).toEqual(new Set(["wire", "metal"]));
    expect(matching(nodes, "", ["strong", "chokepoint"])).toEqual(new Set(["plate", "metal", "car"]));
  });

  it("is found by name in both languages, by code, and by the name of a parent", () => {
    expect(matching(nodes, "COPPER", [])).toEqual(new Set(["wire", "metal"]));
    expect(matching(nodes, "整", [])).toEqual(new Set(["car"]));
    expect(matching(nodes, "金属", [])).toEqual(new Set(["metal", "plate", "wire"]));
  });

  it("must be of the state and named so", () => expect(matching(nodes, "铜", ["missing"])).toEqual(new Set()));
});

it("counts are of leaves; a flag that nobody told is unknown, not 0", () => {
  expect(counts(nodes)).toMatchObject({ missing: 1, weak: 1, strong: 1, absent: 0, chokepoint: 1, single_source: 1, behind_missing: 0 });
  expect(counts(nodes.map((one) => ({ ...one, chokepoint: undefined }))).chokepoint).toBeNull();
});

it("a name is in the reader's language where there is one", () => {
  expect(nameOf(nodes[1]!, "en")).toBe("Steel plate");
  expect(nameOf(nodes[3]!, "en")).toBe("整车");
});
