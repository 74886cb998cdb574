import { clsx } from "clsx";
import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import { Panel } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Badge } from "../../../components/status.tsx";
import table from "../../../components/table.module.css";
import { TableScroller } from "../../../components/table-scroller.tsx";
import { exactDollars, unknown } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import { type ModelPrice, useModelPrices } from "../../../lib/queries/get-model-prices.ts";
import { PriceForm } from "./price-form.tsx";

/** The prices that every cost in Nemo is calculated with, each with its day and where it was read. */
export function Prices() {
  const may = useCan();
  const [setting, setSetting] = useState(false);
  return (
    <Panel
      title="Prices"
      lead="Dollars per million tokens. Credit is charged at the platform's prices; your own prices are for your own providers."
      actions={
        may("providers.manage") && (
          <Dialog
            title="Set a price of your own"
            description="For requests over your own providers, from the day you say."
            open={setting}
            onOpenChange={setSetting}
            trigger={<Button size="small">Set a price</Button>}
          >
            <PriceForm />
          </Dialog>
        )
      }
      flush
    >
      <QueryView query={useModelPrices()}>{(prices) => <PriceTable prices={prices} />}</QueryView>
    </Panel>
  );
}

function PriceTable({ prices }: { prices: ModelPrice[] }) {
  return (
    <TableScroller label="Prices">
      <table className={clsx(table.table, table.cards)}>
        <thead>
          <tr>
            <th>Model</th>
            <th className={table.number}>Input</th>
            <th className={table.number}>Cached input</th>
            <th className={table.number}>Output</th>
            <th className={table.number}>From</th>
            <th>Source</th>
          </tr>
        </thead>
        <tbody>
          {inOrder(prices).map(({ price, until }) => (
            <tr key={`${price.organization_id} ${price.model} ${price.valid_from}`}>
              <th scope="row">
                <code>{price.model}</code> {price.organization_id && <Badge tone="accent">yours</Badge>}
              </th>
              <td className={table.number} data-label="Input">
                {exactDollars(price.input_nanousd_per_mtok)}
              </td>
              <td className={table.number} data-label="Cached input">
                {price.cached_input_nanousd_per_mtok === null
                  ? unknown
                  : exactDollars(price.cached_input_nanousd_per_mtok)}
              </td>
              <td className={table.number} data-label="Output">
                {exactDollars(price.output_nanousd_per_mtok)}
              </td>
              <td className={table.number} data-label="From">
                <span className={table.whole}>{price.valid_from}</span>
                {until && <span className="muted"> until {until}</span>}
              </td>
              <td className="muted" data-label="Source">
                {price.source || "not said"}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroller>
  );
}

/** Own prices first, then by name; of one model the newest first, and the older ones with the day they ended. */
function inOrder(prices: readonly ModelPrice[]): { price: ModelPrice; until: string | null }[] {
  const sorted = [...prices].sort(
    (a, b) =>
      Number(a.organization_id === null) - Number(b.organization_id === null) ||
      a.model.localeCompare(b.model) ||
      b.valid_from.localeCompare(a.valid_from),
  );
  return sorted.map((price, at) => {
    const newer = sorted[at - 1];
    const same = newer?.model === price.model && newer.organization_id === price.organization_id;
    return { price, until: same ? newer.valid_from : null };
  });
}
