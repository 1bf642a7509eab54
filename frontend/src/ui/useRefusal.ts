import { computed, type Ref } from "vue";
import { ApiError } from "@/api/client";

/** A refusal, field by field where the form says it beside the field, and the rest of it as a whole: nothing is kept from the reader. */
export function useRefusal(error: Ref<unknown>, fields: readonly string[]) {
  const about = (field: string): string | undefined => (error.value instanceof ApiError ? error.value.about(field) : undefined);
  const rest = computed<unknown>(() => {
    if (!(error.value instanceof ApiError)) return error.value;
    const { status, problems, reference } = error.value;
    const left = problems.filter(({ attr }) => attr === null || !fields.includes(attr));
    if (left.length === problems.length) return error.value;
    return left.length ? new ApiError(status, left, reference) : null;
  });
  return { about, rest };
}
