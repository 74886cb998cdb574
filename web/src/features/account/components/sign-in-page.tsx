import { Link } from "react-router";
import { paths } from "../../../lib/paths.ts";
import { signIn } from "../api/sessions.ts";
import { CredentialsForm } from "./credentials-form.tsx";
import { AccountFrame } from "./frame.tsx";

export function SignInPage() {
  return (
    <AccountFrame
      title="Sign in"
      foot={
        <>
          New here? <Link to={paths.signUp}>Make an account</Link>. Forgotten?{" "}
          <Link to={paths.reset}>Reset the password</Link>.
        </>
      }
    >
      <CredentialsForm action="Sign in" onSubmit={signIn} />
    </AccountFrame>
  );
}
