import { expect, it } from "vitest";
import type { Notice } from "@/api/publication";
import { corrected, formOf } from "./correction";

const notice = { number: "8号", url: "", supply_mode: null, deposit: 500, price_step: null, bid_start: "2026-12-01", bid_deadline: "2026-12-20", contact_office: "供地科", contact_phone: "" } as unknown as Notice;

it("a correction names what differs, and nothing else", () => {
  expect(corrected(notice, formOf(notice))).toEqual({});
  expect(corrected(notice, { ...formOf(notice), bid_deadline: "2026-12-25", price_step: 20 })).toEqual({ bid_deadline: "2026-12-25", price_step: 20 });
});

it("a sum that was emptied is taken away", () => {
  expect(corrected(notice, { ...formOf(notice), deposit: "" })).toEqual({ deposit: null });
});
