import type { Entry, EntryDraft } from "@/api/dictionary";

/** Choices as people write them, one a line: `passed:已通过:Passed`. */
export const writeChoices = (choices: Entry["choices"]): string => choices.map(({ code, zh, en }) => [code, zh, en].filter(Boolean).join(":")).join("\n");

export const readChoices = (text: string): Entry["choices"] =>
  text
    .split("\n")
    .map((line) => line.replaceAll("：", ":").trim())
    .filter(Boolean)
    .map((line) => {
      const [code = "", zh = "", ...rest] = line.split(":").map((part) => part.trim());
      return { code, zh: zh || code, en: rest.join(":") };
    });

export const emptyEntry = (): EntryDraft => ({
  code: "", name_zh: "", name_en: "", group: "admission", type: "number", unit: "1", bound: "neutral", low: null, high: null, choices: [],
  department_zh: "", department_en: "", legal_basis_zh: "", legal_basis_en: "", note_zh: "", note_en: "", position: 100, public: true,
});
