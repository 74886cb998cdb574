import { supabase } from "./supabase.ts";

/** Ends this browser's session (`local`), all the others (`others`), or every one (`global`). */
export async function signOut(scope: "local" | "others" | "global") {
  const { error } = await supabase().auth.signOut({ scope });
  if (error) throw error;
}
