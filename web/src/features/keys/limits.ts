import { nanoDollars } from "../../lib/nano-dollars.ts";
import type { KeyLimits } from "./api/create-api-key.ts";

/** As the form holds them: texts as typed, empty for no limit. */
export type LimitTexts = {
  scopes: string[];
  perMinute: string;
  atOnce: string;
  budget: string;
  /** Days from now, or `date` for the day in `lastDay`. */
  expiry: "never" | "7" | "30" | "90" | "365" | "date";
  lastDay: string;
};

export const noLimits: LimitTexts = {
  scopes: [],
  perMinute: "",
  atOnce: "",
  budget: "",
  expiry: "never",
  lastDay: "",
};

const DAY = 86_400_000;

function expiresAt({ expiry, lastDay }: LimitTexts, now: number): string | null {
  if (expiry === "never") return null;
  if (expiry !== "date") return new Date(now + Number(expiry) * DAY).toISOString();
  if (lastDay === "") return null;
  // Midnight at the end of that day, where the person is.
  const end = new Date(`${lastDay}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}

const whole = (text: string) => (text === "" ? null : Number(text));

/** What the database is asked to hold the key to. A budget that is no amount is for `budgetError` to refuse. */
export function limitsOf(texts: LimitTexts, now: number = Date.now()): KeyLimits {
  return {
    scopes: texts.scopes.length > 0 ? texts.scopes : null,
    requests_per_minute: whole(texts.perMinute),
    max_concurrency: whole(texts.atOnce),
    monthly_budget_nanousd: texts.budget === "" ? null : nanoDollars(texts.budget),
    expires_at: expiresAt(texts, now),
  };
}

export function budgetError({ budget }: LimitTexts): string | undefined {
  return budget !== "" && nanoDollars(budget) === null
    ? "Write dollars, such as 20 or 0.50; empty for no budget."
    : undefined;
}
