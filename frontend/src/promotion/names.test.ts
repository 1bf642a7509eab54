import { expect, test } from "vitest";
import { dayOf, daysUntil, isOver, named } from "./names";

test("a name without an English one is told in Chinese", () => {
  expect(named("隔膜", "Separators", "en")).toBe("Separators");
  expect(named("隔膜", "", "en")).toBe("隔膜");
  expect(named("隔膜", "Separators", "zh-CN")).toBe("隔膜");
});

test("days are counted by the calendar, not by the hour", () => {
  const evening = new Date(2026, 10, 21, 23, 30);
  expect(daysUntil("2026-11-22", evening)).toBe(1);
  expect(daysUntil("2026-11-21", evening)).toBe(0);
  expect(daysUntil("2026-11-18", evening)).toBe(-3);
  expect(dayOf(evening.toISOString())).toBe("2026-11-21");
});

test("what is never overdue is not over", () => {
  expect(isOver(null, new Date())).toBe(false);
  expect(isOver("2026-01-01T00:00:00Z", new Date("2026-01-01T00:00:00Z"))).toBe(true);
});
