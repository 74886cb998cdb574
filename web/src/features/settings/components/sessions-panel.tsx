import { useMutation } from "@tanstack/react-query";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import form from "../../../components/form.module.css";
import { Panel } from "../../../components/page.tsx";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { signOut } from "../../../lib/sign-out.ts";

/** For a lost laptop or a shared machine. */
export function SessionsPanel() {
  const others = useMutation({
    mutationFn: () => signOut("others"),
    onSuccess: () => announce("Every other browser is signed out"),
  });
  return (
    <Panel
      title="Sessions"
      lead="A browser that is signed out stops working when its current token runs out, within a quarter of an hour."
    >
      <div className={form.form}>
        {others.error && <ErrorNote error={toAppError(others.error)} />}
        <div className={form.actions}>
          <Button busy={others.isPending} onClick={() => others.mutate()}>
            Sign out every other browser
          </Button>
          <Confirm
            trigger={<Button look="risky">Sign out everywhere…</Button>}
            title="Sign out everywhere?"
            action="Sign out everywhere"
            danger
            onConfirm={() => signOut("global")}
          >
            This browser too. You sign in again with your e-mail and password.
          </Confirm>
        </div>
      </div>
    </Panel>
  );
}
