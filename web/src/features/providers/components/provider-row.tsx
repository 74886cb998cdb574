import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import type { Provider } from "../../../lib/queries/get-providers.ts";
import { whenDone } from "../../../lib/when-done.ts";
import {
  type TestResult,
  useEnableProvider,
  useRemoveProvider,
  useTestProvider,
} from "../api/change-providers.ts";
import { ProviderDialog } from "./provider-dialog.tsx";

export function ProviderRow({ provider }: { provider: Provider }) {
  const may = useCan();
  const test = useTestProvider();
  return (
    <tr>
      <th scope="row">
        <code>{provider.name}</code>
        <div className="meta">{provider.base_url}</div>
      </th>
      <td>
        <State provider={provider} result={test.data} />
      </td>
      <td>{provider.key_hint === null ? "none" : <code>{`…${provider.key_hint}`}</code>}</td>
      <td>{provider.models.join(", ") || "by name"}</td>
      <td>{provider.fallbacks.join(", then ") || "nothing else"}</td>
      {may("providers.manage") && (
        <td className={table.actions}>
          <Button
            size="small"
            look="quiet"
            busy={test.isPending}
            aria-label={`Test ${provider.name}`}
            onClick={() => whenDone(test.mutateAsync(provider.id), { onError: announceError })}
          >
            Test
          </Button>
          <ProviderDialog
            provider={provider}
            trigger={
              <Button size="small" look="quiet" aria-label={`Change ${provider.name}`}>
                Change
              </Button>
            }
          />
          <Enable provider={provider} />
          <Remove provider={provider} />
        </td>
      )}
    </tr>
  );
}

/** What the last test said, while the page is open; else whether it is in use. */
function State({ provider, result }: { provider: Provider; result?: TestResult }) {
  if (!provider.enabled) return <Status tone="warn">disabled</Status>;
  if (!result) return <Status tone="neutral">in use</Status>;
  return (
    <span role="status">
      <Status tone={result.ok ? "good" : "bad"}>
        {result.message} <span className="meta">{result.latency_ms} ms</span>
      </Status>
    </span>
  );
}

function Enable({ provider }: { provider: Provider }) {
  const enable = useEnableProvider();
  const { id, name, enabled } = provider;
  const word = enabled ? "Disable" : "Enable";
  return (
    <Button
      size="small"
      look="quiet"
      busy={enable.isPending}
      aria-label={`${word} ${name}`}
      onClick={() => whenDone(enable.mutateAsync({ id, enabled: !enabled }), { onError: announceError })}
    >
      {word}
    </Button>
  );
}

function Remove({ provider }: { provider: Provider }) {
  const remove = useRemoveProvider();
  return (
    <Confirm
      trigger={
        <Button size="small" look="quiet" aria-label={`Remove ${provider.name}`}>
          Remove
        </Button>
      }
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
