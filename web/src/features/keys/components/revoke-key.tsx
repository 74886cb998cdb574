import { Confirm } from "../../../components/confirm.tsx";
import type { ApiKey } from "../../../lib/queries/get-api-keys.ts";
import { useRevokeApiKey } from "../api/revoke-api-key.ts";

type RevokeKeyProps = { apiKey: ApiKey; open: boolean; onOpenChange: (open: boolean) => void };

export function RevokeKey({ apiKey, ...shown }: RevokeKeyProps) {
  const revoke = useRevokeApiKey();
  return (
    <Confirm
      {...shown}
      title={`Revoke ${apiKey.name}?`}
      action={`Revoke ${apiKey.name}`}
      danger
      onConfirm={() => revoke.mutateAsync(apiKey.id)}
    >
      Requests with <code>{apiKey.prefix}…</code> are refused from the moment this is confirmed. It cannot be
      undone.
    </Confirm>
  );
}
