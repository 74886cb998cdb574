import { unwrap } from "./errors.ts";
import { supabase } from "./supabase.ts";

/** For the person signed in, after a reset link or from the account page. */
export async function changePassword(password: string) {
  unwrap(await supabase().auth.updateUser({ password }));
}
