import { expect, test } from "vitest";
import { nameOf } from "./download";

test("a file is called what the server calls it", () => {
  expect(nameOf('attachment; filename="parcels.xlsx"')).toBe("parcels.xlsx");
  expect(nameOf("attachment; filename=\"-.pdf\"; filename*=UTF-8''%E8%90%BD%E5%9C%B0.pdf")).toBe("落地.pdf");
  expect(nameOf("inline")).toBeUndefined();
  expect(nameOf(null)).toBeUndefined();
});
