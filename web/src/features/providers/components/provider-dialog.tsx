import { lazy, Suspense } from "react";
import { Dialog, type DialogProps } from "../../../components/dialog.tsx";
import { Skeleton } from "../../../components/states.tsx";
import type { Provider } from "../../../lib/queries/get-providers.ts";

const ProviderForm = lazy(async () => ({ default: (await import("./provider-form.tsx")).ProviderForm }));

type ProviderDialogProps = Pick<DialogProps, "open" | "onOpenChange"> & { provider?: Provider };

/** The form in a dialog, for a new connection or for the one that is given. */
export function ProviderDialog({ provider, ...shown }: ProviderDialogProps) {
  return (
    <Dialog title={provider ? `Change ${provider.name}` : "Connect a provider"} {...shown}>
      <Suspense fallback={<Skeleton lines={3} />}>
        <ProviderForm provider={provider} />
      </Suspense>
    </Dialog>
  );
}
