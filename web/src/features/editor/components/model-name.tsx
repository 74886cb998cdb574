import { PLATFORM } from "@core/providers/choose-targets.ts";
import { Link } from "react-router";
import { Field, TextInput } from "../../../components/field.tsx";
import { Picker, type PickerOption } from "../../../components/picker.tsx";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { perMillion } from "../../../lib/per-million.ts";
import {
  type ModelPrice,
  type Priced,
  useModelPrices,
  usePriced,
} from "../../../lib/queries/get-model-prices.ts";
import { useProviders } from "../../../lib/queries/get-providers.ts";
import { priceOf } from "../../../lib/served-by.ts";
import type { Config } from "../model-config.ts";
import styles from "./model-form.module.css";

type ModelNameProps = { config: Config; readOnly: boolean; onChange: (model: string | undefined) => void };

/** A model by its name, or chosen among those that are known; with who will answer and at what price. */
export function ModelName({ config, readOnly, onChange }: ModelNameProps) {
  const options = useModelOptions();
  const model = typeof config.model === "string" ? config.model : "";
  return (
    <div className={styles.model}>
      <Field label="Model" hint="Used when callers ask for “nemo/…”. Empty: they choose.">
        <TextInput
          mono
          readOnly={readOnly}
          placeholder="gpt-4o-mini"
          value={model}
          onChange={(event) => onChange(event.target.value.trim() || undefined)}
        />
      </Field>
      {!readOnly && options.length > 0 && (
        <Picker
          label="Choose a model"
          options={options}
          value={null}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      )}
      {model !== "" && <Answered config={config} />}
    </div>
  );
}

/** Models of the organization's own providers first, then the platform's by its prices. */
function useModelOptions(): PickerOption[] {
  const { data: prices = [] } = useModelPrices();
  const { data: connections = [] } = useProviders();
  const own = connections
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, models }) =>
      models
        .filter((model) => !model.endsWith("*"))
        .map((model) => ({
          value: `${name}/${model}`,
          label: `${name}/${model}`,
          hint: hintOf("your provider, no credit", priceOf(prices, { provider: name, model })),
        })),
    );
  const names = prices
    .filter(({ organization_id, model }) => organization_id === null && !model.includes("embedding"))
    .map(({ model }) => model);
  const platform = [...new Set(names)].sort().map((model) => ({
    value: model,
    label: model,
    hint: hintOf("platform", priceOf(prices, { provider: PLATFORM, model })),
  }));
  return [...own, ...platform];
}

function hintOf(who: string, price: ModelPrice | undefined): string {
  return price ? `${who}, ${perMillion(price)}` : `${who}, price unknown`;
}

function Answered({ config }: { config: Config }) {
  const { id } = useOrganization();
  const priced = usePriced();
  if (!priced) return null;
  return (
    <p className={styles.answered}>
      <Who {...priced(config)} named={config.provider} />{" "}
      <Link to={paths.settings(id, "providers")}>Providers and prices</Link>
    </p>
  );
}

function Who({ served, price, named }: Priced & { named: unknown }) {
  if (!served)
    return <>The provider “{String(named)}” is not connected: requests for this version are refused.</>;
  return (
    <>
      {served.provider === PLATFORM ? (
        "The platform’s provider answers, paid with credit."
      ) : (
        <>
          Your provider <code>{served.provider}</code> answers <code>{served.model}</code> and bills you: no
          credit.
        </>
      )}{" "}
      {price ? `${perMillion(price)}, as of ${price.valid_from}.` : "Its price is not known."}
    </>
  );
}
