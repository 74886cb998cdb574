import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import { Button } from "../../../components/button.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { announceError } from "../../../lib/announce.ts";
import { toAppError, unwrap } from "../../../lib/errors.ts";
import { paths } from "../../../lib/paths.ts";
import { keys } from "../../../lib/query-keys.ts";
import { useUser } from "../../../lib/session.tsx";
import { signOut } from "../../../lib/sign-out.ts";
import { supabase } from "../../../lib/supabase.ts";
import { AccountFrame } from "./frame.tsx";

/** Where an invitation's link leads. Signing in or up comes first; the gate brings people back here. */
export function InvitationPage() {
  const { token = "" } = useParams();
  const user = useUser();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const accept = useMutation({
    mutationFn: async () =>
      unwrap(await supabase().rpc("accept_invitation", { token })) as { organization_id: string },
    onSuccess: async ({ organization_id }) => {
      await queryClient.invalidateQueries({ queryKey: keys.organizations() });
      navigate(paths.library(organization_id));
    },
  });
  return (
    <AccountFrame
      title="You are invited"
      lead={`You join as ${user.email}.`}
      foot={accept.error && <Link to={paths.start}>Go to your own library</Link>}
    >
      {accept.error && <ErrorNote error={toAppError(accept.error)} />}
      <Button look="primary" busy={accept.isPending} onClick={() => accept.mutate()}>
        Accept the invitation
      </Button>
      <Button look="quiet" onClick={() => void signOut("local").catch(announceError)}>
        Use another account
      </Button>
    </AccountFrame>
  );
}
