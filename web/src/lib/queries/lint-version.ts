import { unwrapFunction } from "../errors.ts";
import { supabase } from "../supabase.ts";

/** Has the server lint a saved version and keep the report, which activation and tests insist on. */
export async function lintVersion(templateId: string, version: number) {
  const body = { template_id: templateId, version };
  return unwrapFunction(await supabase().functions.invoke("prompts/lint", { method: "POST", body }));
}
