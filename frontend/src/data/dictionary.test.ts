import { expect, it } from "vitest";
import { readChoices, writeChoices } from "./dictionary";

it("reads choices as people write them, and writes them back", () => {
  const choices = readChoices(" passed：已通过:Passed review \n\nnone:未开展\n10\n");

  expect(choices).toEqual([
    { code: "passed", zh: "已通过", en: "Passed review" },
    { code: "none", zh: "未开展", en: "" },
    { code: "10", zh: "10", en: "" },
  ]);
  expect(readChoices(writeChoices(choices))).toEqual(choices);
});
