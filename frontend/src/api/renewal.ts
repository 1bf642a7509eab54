/** What to do when the server no longer knows whoever the page was drawn for. Pure: knows neither Vue nor the network. */

export type Ended = "not_authenticated" | "another_person" | "csrf_failed";
export const endings: readonly string[] = ["not_authenticated", "another_person", "csrf_failed"] satisfies Ended[];

/** Ask again, or why not. */
export type Renewal = { again: true } | { again: false; why: "ended" | "another"; was: string; now: string };

export interface Refused {
  /** Name of the account the request was meant to come from; "" for a visitor. */
  person: string;
  /** It would change something: never sent again in another name. */
  writes: boolean;
  /** Asked by a timer, not by a person: no reason to put a dialog in their way. */
  background: boolean;
}

/** `visitor`: go on reading without an account. */
export type Answer = "entered" | "visitor" | "declined";

export interface Ways {
  /** Who is here now, by the server; renews the token against forged requests. */
  look: () => Promise<string>;
  /** Opens the dialog; one for all requests that wait. */
  ask: (refused: Refused) => Promise<Answer>;
  /** The pages are drawn for this person from here on. */
  accept: (person: string) => void;
}

export function renewing({ look, ask, accept }: Ways): (refused: Refused) => Promise<Renewal> {
  let looking: Promise<string> | null = null;
  let asking: Promise<Answer> | null = null;
  let declined = false;
  const here = (): Promise<string> => (looking ??= look().finally(() => (looking = null)));

  return async (refused) => {
    const { person: was, writes, background } = refused;
    let now = await here();
    if (now === "" && was !== "") {
      if (!writes && (background || declined) && !asking) return { again: false, why: "ended", was, now };
      const answer = await (asking ??= ask(refused).finally(() => (asking = null)));
      declined = answer === "declined";
      if (declined || (answer === "visitor" && writes)) return { again: false, why: "ended", was, now };
      now = answer === "visitor" ? "" : await here();
    }
    if (now !== was) accept(now);
    return now === was || !writes ? { again: true } : { again: false, why: "another", was, now };
  };
}
