import { useNavigate } from "react-router";
import { Skeleton } from "../../../components/states.tsx";
import { announce } from "../../../lib/announce.ts";
import { changePassword } from "../../../lib/change-password.ts";
import { paths } from "../../../lib/paths.ts";
import { useSession } from "../../../lib/session.tsx";
import { CredentialsForm } from "./credentials-form.tsx";
import { AccountFrame } from "./frame.tsx";
import { ResetPage } from "./reset-page.tsx";

/** Where the link of the reset e-mail leads: supabase-js has made a session of it before this is shown. */
export function NewPasswordPage() {
  const session = useSession();
  const navigate = useNavigate();
  if (session.status === "loading") return <Skeleton />;
  if (session.status === "out") return <ResetPage />;
  return (
    <AccountFrame title="Choose a new password">
      <CredentialsForm
        action="Save the new password"
        newPassword
        fixedEmail={session.user.email ?? ""}
        onSubmit={async ({ password }) => {
          await changePassword(password);
          announce("Your new password is set");
          navigate(paths.start);
        }}
      />
    </AccountFrame>
  );
}
