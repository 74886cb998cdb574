import { lazy, type ReactElement, Suspense } from "react";
import { Dialog } from "../../../components/dialog.tsx";
import type { Provider } from "../api/get-providers.ts";

const ProviderForm = lazy(async () => ({ default: (await import("./provider-form.tsx")).ProviderForm }));

/** The form in a dialog, for a new connection or for the one that is given. */
export function ProviderDialog({ trigger, provider }: { trigger: ReactElement; provider?: Provider }) {
  return (
    <Dialog title={provider ? `Change ${provider.name}` : "Connect a provider"} trigger={trigger}>
      <Suspense fallback={null}>
        <ProviderForm provider={provider} />
      </Suspense>
    </Dialog>
  );
}
