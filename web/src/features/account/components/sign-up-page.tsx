import { useState } from "react";
import { Link } from "react-router";
import { paths } from "../../../lib/paths.ts";
import { signUp } from "../api/sessions.ts";
import { CredentialsForm } from "./credentials-form.tsx";
import { AccountFrame } from "./frame.tsx";

export function SignUpPage() {
  const [sentTo, setSentTo] = useState<string>();
  if (sentTo) {
    return (
      <AccountFrame
        title="Look into your mail"
        lead={`A link was sent to ${sentTo}. Open it to finish signing up.`}
      >
        <Link to={paths.signIn}>Back to sign in</Link>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame
      title="Make an account"
      lead="You get an organization of your own, with $5.00 of credit to try it."
      foot={
        <>
          You have one? <Link to={paths.signIn}>Sign in</Link>.
        </>
      }
    >
      <CredentialsForm
        action="Sign up"
        newPassword
        onSubmit={async (credentials) => {
          const { needsConfirmation } = await signUp(credentials);
          if (needsConfirmation) setSentTo(credentials.email);
        }}
      />
    </AccountFrame>
  );
}
