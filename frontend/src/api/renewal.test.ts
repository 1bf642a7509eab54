import { describe, expect, it, vi } from "vitest";
import { renewing, type Answer, type Refused } from "./renewal";

const form: Refused = { person: "li", writes: true, background: false };
const reading: Refused = { ...form, writes: false };

/** A server that knows `here`, and a person at the dialog who does `answer`. */
function world(here: string, answer: Answer = "declined", after = here) {
  let now = here;
  const ask = vi.fn(async () => {
    await Promise.resolve();
    if (answer === "entered") now = after;
    return answer;
  });
  const look = vi.fn(() => Promise.resolve(now));
  const accept = vi.fn();
  return { renew: renewing({ look, ask, accept }), ask, look, accept, end: () => (now = "") };
}

describe("a request that is refused", () => {
  it("for an old token alone is sent again without a word", async () => {
    const { renew, ask } = world("li");
    expect(await renew(form)).toEqual({ again: true });
    expect(ask).not.toHaveBeenCalled();
  });

  it("as the session has ended is sent again once its person has signed in", async () => {
    const { renew, accept } = world("", "entered", "li");
    expect(await renew(form)).toEqual({ again: true });
    expect(accept).not.toHaveBeenCalled();
  });

  it("is not sent in the name of another who signs in", async () => {
    const { renew, accept } = world("", "entered", "wang");
    expect(await renew(form)).toEqual({ again: false, why: "another", was: "li", now: "wang" });
    expect(accept).toHaveBeenCalledWith("wang");
  });

  it("is not sent in the name of another who signed in elsewhere; what only reads is", async () => {
    const { renew, ask } = world("wang");
    expect(await renew(form)).toMatchObject({ again: false, why: "another" });
    expect(await renew(reading)).toEqual({ again: true });
    expect(ask).not.toHaveBeenCalled();
  });

  it("stays refused when the dialog is closed, and reading does not open it again, but the form does", async () => {
    const { renew, ask } = world("");
    expect(await renew(form)).toEqual({ again: false, why: "ended", was: "li", now: "" });
    expect(await renew(reading)).toMatchObject({ again: false, why: "ended" });
    expect(ask).toHaveBeenCalledTimes(1);
    await renew(form);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("by a timer opens no dialog", async () => {
    const { renew, ask } = world("");
    expect(await renew({ ...reading, background: true })).toMatchObject({ again: false });
    expect(ask).not.toHaveBeenCalled();
  });

  it("together with others shares one dialog", async () => {
    const { renew, ask } = world("", "entered", "li");
    expect(await Promise.all([renew(form), renew(reading), renew(form)])).toEqual([{ again: true }, { again: true }, { again: true }]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("goes on as a visitor's where it only reads", async () => {
    const { renew, accept } = world("", "visitor");
    expect(await renew(reading)).toEqual({ again: true });
    expect(accept).toHaveBeenCalledWith("");
    expect(await renew(form)).toMatchObject({ again: false, why: "ended" });
  });
});
