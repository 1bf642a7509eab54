import { describe, expect, it } from "vitest";
import { amountOf, whyOf } from "./words";

const t = (key: string, values?: Record<string, unknown>): string => `${key}${values?.through ? `:${String(values.through)}` : ""}`;

describe("what a post says", () => {
  it("tells an amount with its unit, and nothing of one that is not known", () => {
    expect(amountOf({ quantity: 12000, unit_name: "件" }, "zh-CN")).toBe("12,000 件");
    expect(amountOf({ quantity: null, unit_name: "" }, "en")).toBe("");
  });
  it("says how sure it is only where it is not", () => {
    expect(whyOf({ how: "exact", value: 1, through: "" }, t)).toBe("board.why.exact");
    expect(whyOf({ how: "synonym", value: 0.95, through: "锂电池" }, t)).toBe("board.why.synonym:锂电池");
    expect(whyOf({ how: "similar", value: 0.314, through: "" }, t)).toBe("board.why.similar 0.31");
    expect(whyOf(null, t)).toBe("board.why.node");
  });
});
