import { Confirm } from "../../../components/confirm.tsx";
import type { Provider } from "../../../lib/queries/get-providers.ts";
import { useRemoveProvider } from "../api/change-providers.ts";

type RemoveProviderProps = { provider: Provider; open: boolean; onOpenChange: (open: boolean) => void };

export function RemoveProvider({ provider, ...shown }: RemoveProviderProps) {
  const remove = useRemoveProvider();
  return (
    <Confirm
      {...shown}
      title={`Remove ${provider.name}?`}
      action={`Remove ${provider.name}`}
      danger
      onConfirm={() => remove.mutateAsync(provider.id)}
    >
      Its key is deleted. Versions whose config names <code>{provider.name}</code> are refused from then on,
      unless they name a fallback.
    </Confirm>
  );
}
