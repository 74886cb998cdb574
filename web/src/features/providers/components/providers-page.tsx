import { clsx } from "clsx";
import { Plus } from "lucide-react";
import { ActionsHeader } from "../../../components/actions-header.tsx";
import { Button } from "../../../components/button.tsx";
import { Page, Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { useCan } from "../../../lib/organization.tsx";
import { type Provider, useProviders } from "../../../lib/queries/get-providers.ts";
import { useAbout } from "../../../lib/use-about.ts";
import { useMaking } from "../../../lib/use-making.ts";
import { Prices } from "./prices.tsx";
import { ProviderDialog } from "./provider-dialog.tsx";
import { ProviderRow } from "./provider-row.tsx";
import { RemoveProvider } from "./remove-provider.tsx";

export function ProvidersPage() {
  const may = useCan();
  const query = useProviders();
  // The dialogs stand outside the list: what is typed into them stays when somebody else changes it.
  const [adding, setAdding] = useMaking("providers.manage");
  const changing = useAbout<Provider>();
  const removing = useAbout<Provider>();
  const add = may("providers.manage") && (
    <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setAdding(true)}>
      Connect a provider
    </Button>
  );
  const empty = (
    <Empty
      title="Every request uses the platform's provider"
      action={add}
      example={'{ "model": "acme/gpt-4o" }'}
    >
      Connect a provider of your own, with your own key: any OpenAI-compatible API. Its requests use no
      credit.{!add && " An admin of this organization can do that."}
    </Empty>
  );
  return (
    <Page
      title="Providers"
      lead="Your own keys for OpenAI-compatible APIs. Keys are encrypted and never shown again; such requests use no credit."
      actions={
        query.data?.length
          ? add || <WhoCan permission="providers.manage">connect and change providers</WhoCan>
          : undefined
      }
    >
      <QueryView query={query} empty={empty}>
        {(providers) => (
          <ProviderTable providers={providers} onChange={changing.ask} onRemove={removing.ask} />
        )}
      </QueryView>
      <Prices />
      <ProviderDialog open={adding} onOpenChange={setAdding} />
      {changing.about && <ProviderDialog provider={changing.about} {...changing.shown} />}
      {removing.about && <RemoveProvider provider={removing.about} {...removing.shown} />}
    </Page>
  );
}

type ProviderTableProps = {
  providers: Provider[];
  onChange: (provider: Provider) => void;
  onRemove: (provider: Provider) => void;
};

function ProviderTable({ providers, ...ask }: ProviderTableProps) {
  const may = useCan();
  return (
    <Panel flush>
      <TableScroller label="Providers">
        <table className={clsx(table.table, table.cards)}>
          <thead>
            <tr>
              <th>Name</th>
              <th>State</th>
              <th>Key</th>
              <th>Its models</th>
              <th>When it fails</th>
              {may("providers.manage") && <ActionsHeader />}
            </tr>
          </thead>
          <tbody>
            {providers.map((provider) => (
              <ProviderRow key={provider.id} provider={provider} {...ask} />
            ))}
          </tbody>
        </table>
      </TableScroller>
    </Panel>
  );
}
