import { Button } from "../../../components/button.tsx";
import { Status } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { announceError } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import type { Provider } from "../../../lib/queries/get-providers.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { type TestResult, useEnableProvider, useTestProvider } from "../api/change-providers.ts";

type ProviderRowProps = {
  provider: Provider;
  onChange: (provider: Provider) => void;
  onRemove: (provider: Provider) => void;
};

export function ProviderRow({ provider, onChange, onRemove }: ProviderRowProps) {
  const may = useCan();
  const test = useTestProvider();
  return (
    <tr>
      <th scope="row">
        <code>{provider.name}</code>
        <div className="meta">{provider.base_url}</div>
      </th>
      <td data-label="State">
        <State provider={provider} result={test.data} />
      </td>
      <td data-label="Key">{provider.key_hint === null ? "none" : <code>{`…${provider.key_hint}`}</code>}</td>
      <td data-label="Its models">{provider.models.join(", ") || "by name"}</td>
      <td data-label="When it fails">{provider.fallbacks.join(", then ") || "nothing else"}</td>
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
          <Button
            size="small"
            look="quiet"
            aria-label={`Change ${provider.name}`}
            onClick={() => onChange(provider)}
          >
            Change
          </Button>
          <Enable provider={provider} />
          <Button
            size="small"
            look="quiet"
            aria-label={`Remove ${provider.name}`}
            onClick={() => onRemove(provider)}
          >
            Remove
          </Button>
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
