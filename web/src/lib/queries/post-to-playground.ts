import { writeJson } from "@core/template/write-json.ts";
import { config, supabase } from "../supabase.ts";

/**
 * Has the server ask the gateway for this person, with their own token: the key that the gateway wants never comes
 * into the browser. `body` as docs/prompts-function.md says of `POST /playground`.
 */
export async function postToPlayground(body: object, signal: AbortSignal): Promise<Response> {
  const { data } = await supabase().auth.getSession();
  const { supabaseUrl, publishableKey } = config();
  return fetch(`${supabaseUrl}/functions/v1/prompts/playground`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${data.session?.access_token ?? ""}`,
      apikey: publishableKey,
      "content-type": "application/json",
    },
    body: writeJson(body),
    signal,
  });
}
