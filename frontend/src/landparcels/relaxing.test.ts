import { describe, expect, it } from "vitest";
import { tidyLimit } from "./relaxing";

describe("a relaxed limit", () => {
  it("is short, and still lets the parcel through", () => {
    expect(tidyLimit(13.7468, "lte", false)).toBe(13.8);
    expect(tidyLimit(13.7468, "gte", false)).toBe(13.7);
    expect(tidyLimit(0.04321, "lte", false)).toBe(0.0433);
  });

  it("stays whole where the indicator is", () => {
    expect(tidyLimit(18234, "gte", true)).toBe(18234);
    expect(tidyLimit(0, "gte", false)).toBe(0);
  });
});
