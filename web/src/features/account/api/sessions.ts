import { unwrap } from "../../../lib/errors.ts";
import { paths } from "../../../lib/paths.ts";
import { supabase } from "../../../lib/supabase.ts";

type Credentials = { email: string; password: string };

export async function signIn(credentials: Credentials) {
  unwrap(await supabase().auth.signInWithPassword(credentials));
}

/** Some projects ask for the e-mail to be confirmed first; then there is no session yet. */
export async function signUp({ email, password }: Credentials): Promise<{ needsConfirmation: boolean }> {
  const { session } = unwrap(
    await supabase().auth.signUp({ email, password, options: { emailRedirectTo: location.origin } }),
  );
  return { needsConfirmation: session === null };
}

export async function requestReset(email: string) {
  const redirectTo = new URL(paths.newPassword, location.origin).href;
  unwrap(await supabase().auth.resetPasswordForEmail(email, { redirectTo }));
}
