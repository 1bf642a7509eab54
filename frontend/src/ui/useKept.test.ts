import { expect, test } from "vitest";
import { context } from "@/api/client";
import { typedSince, useKept } from "./useKept";

const open = (name: string) => useKept(name, () => ({ words: "" }));

test("what was typed is there again in the same form, and in no other", () => {
  open("thread 1").form.words = "half a sentence";
  expect([open("thread 1").form.words, open("thread 2").form.words]).toEqual(["half a sentence", ""]);
  open("thread 1").clear();
  expect(open("thread 1").form.words).toBe("");
});

test("what one person typed is not shown to another", () => {
  open("thread 1").form.words = "mine";
  context.person = "another";
  expect(open("thread 1").form.words).toBe("");
  context.person = "";
});

test("what was typed while the rest was being sent stays", () => {
  expect(typedSince("Yes.", "Yes.")).toBe("");
  expect(typedSince("Yes.", "Yes.\nAnd one more thing")).toBe("And one more thing");
  expect(typedSince("Yes.", "No")).toBe("No");
});
