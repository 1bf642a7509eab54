import { expect, it } from "vitest";
import { flowLines, parkPoints } from "./flowLayer";

const district = (adcode: string, lng: number) => ({ adcode, name: adcode, name_en: "", lng, lat: 36, supply: 1 });
const flow = (source: string, target: string, amount: number) => ({ source, target, amount, ties: 0 });

it("a flow is a curve from end to end, and both ways are two curves", () => {
  const { features } = flowLines({
    basis: "estimated", synthetic: false, districts: [district("a", 120), district("b", 121)],
    flows: [flow("a", "b", 100), flow("b", "a", 25), flow("a", "a", 900), flow("a", "nowhere", 5)],
  });
  expect(features.map(({ properties }) => properties?.size)).toEqual([1, 0.25]);
  const [there, back] = features.map(({ geometry }) => geometry.coordinates);
  expect(there![0]).toEqual([120, 36]);
  expect(there!.at(-1)).toEqual([121, 36]);
  expect(Math.sign(there![12]![1]! - 36)).toBe(-Math.sign(back![12]![1]! - 36));
});

it("a park's point grows with its share of the largest", () => {
  const park = (code: string, supply: number) => ({ code, name: code, kind: "", enterprises: 1, supply, share: null, nodes: [], lng: 120, lat: 36 });
  expect(parkPoints([park("a", 10), park("b", 5)]).features.map(({ properties }) => properties?.size)).toEqual([1, 0.5]);
  expect(parkPoints([park("a", 0)]).features[0]?.properties?.size).toBe(0);
});
