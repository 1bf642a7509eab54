import { expect, test } from "vitest";
import { ref } from "vue";
import { ApiError, type Problem } from "@/api/client";
import { useRefusal } from "./useRefusal";

const problem = (attr: string | null, detail: string): Problem => ({ code: "invalid", detail, attr });
const refused = (...problems: Problem[]): ApiError => new ApiError(400, problems, "R1");

test("what a field says is not said again below the form, and what none says is", () => {
  const error = ref<unknown>(refused(problem("name", "Too short."), problem("scale", "No such size.")));
  const { about, rest } = useRefusal(error, ["name"]);
  expect(about("name")).toBe("Too short.");
  expect((rest.value as ApiError).problems).toEqual([problem("scale", "No such size.")]);
  error.value = refused(problem("name", "Too short."));
  expect(rest.value).toBeNull();
});

test("what is about the whole form, or no refusal at all, is told as it is", () => {
  const whole = refused(problem(null, "Closed."));
  expect(useRefusal(ref(whole), ["name"]).rest.value).toBe(whole);
  const broken = new ApiError(500, [], "R2");
  expect(useRefusal(ref(broken), ["name"]).rest.value).toBe(broken);
  expect(useRefusal(ref(null), ["name"]).rest.value).toBeNull();
});
