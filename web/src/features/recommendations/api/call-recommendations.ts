import { unwrapFunction } from "../../../lib/errors.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Calls a route of the edge function with this person's token. */
export async function callRecommendations<Answer>(
  route: "estimate" | "request" | "run" | "cancel" | "rebase",
  body: Record<string, unknown>,
): Promise<Answer> {
  const answer = await supabase().functions.invoke<Answer>(`recommendations/${route}`, {
    method: "POST",
    body,
  });
  return (await unwrapFunction(answer)) as Answer;
}
