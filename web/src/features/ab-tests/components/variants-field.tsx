import { MAX_VARIANTS, MIN_VARIANTS, parseWeights } from "@core/ab/parse-weights.ts";
import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../components/button.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import { Select } from "../../../components/select.tsx";
import { basisPoints } from "../../../lib/format.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useVersions } from "../../../lib/queries/get-versions.ts";
import { evenSplit, type SetUp } from "../set-up.ts";
import styles from "./set-up.module.css";
import { SplitBar, VariantMark } from "./variant-mark.tsx";

type VariantsFieldProps = {
  template: Template;
  setUp: SetUp;
  onChange: (changed: Partial<SetUp>) => void;
  /** What is wrong with the split, once somebody has tried to save it. */
  problem?: string;
};

const letterOf = (place: number) => String.fromCharCode(65 + place);
const pairs = ["50/50", "60/40", "80/20", "90/10"];

export function VariantsField({ template, setUp, onChange, problem }: VariantsFieldProps) {
  const { versions, split } = setUp;
  const options = useVersionOptions(template);
  const parsed = parseWeights(split);
  const weights = parsed.ok && parsed.weights.length === versions.length ? parsed.weights : null;
  const presets = versions.length === 2 ? pairs : [evenSplit(versions.length)];
  const setVersions = (next: number[]) => onChange({ versions: next, split: evenSplit(next.length) });
  const same = new Set(versions).size < versions.length;
  return (
    <div className={styles.stack}>
      <ul className={styles.variants} aria-label="Variants">
        {versions.map((version, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variant is its place in the list
          <li key={place} className={styles.variant}>
            <VariantMark letter={letterOf(place)} />
            <Select
              label={`Version of ${letterOf(place)}`}
              value={String(version)}
              onChange={(next) => onChange({ versions: versions.with(place, Number(next)) })}
              options={options}
            />
            <span className={styles.note}>
              {[place === 0 && "control", options.find((one) => one.value === String(version))?.hint]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <span className={styles.share}>{weights ? basisPoints(weights[place] ?? 0) : "–"}</span>
            {versions.length > MIN_VARIANTS && place > 0 ? (
              <IconButton
                label={`Remove ${letterOf(place)}`}
                size="small"
                icon={<X aria-hidden="true" />}
                onClick={() => setVersions(versions.toSpliced(place, 1))}
              />
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      {same && (
        <p className="meta">The same version twice makes an A/A test, which should find no difference.</p>
      )}
      {weights && <SplitBar shares={weights.map((weight, place) => ({ letter: letterOf(place), weight }))} />}
      <div className={styles.splitLine}>
        <Field
          label="Split"
          hint={
            weights
              ? `${weights.join(" / ")} basis points of 10,000.`
              : "Shares of all requests, as in 60/40."
          }
          error={problem ?? (parsed.ok ? undefined : parsed.message)}
        >
          <TextInput mono value={split} onChange={(event) => onChange({ split: event.target.value })} />
        </Field>
        <div className={styles.chips}>
          {presets.map((preset) => (
            <Button key={preset} size="small" onClick={() => onChange({ split: preset })}>
              {preset}
            </Button>
          ))}
        </div>
      </div>
      {versions.length < MAX_VARIANTS && (
        <div>
          <Button
            size="small"
            icon={<Plus aria-hidden="true" />}
            onClick={() => setVersions([...versions, nextVersion(versions, template.latest_version)])}
          >
            Add {letterOf(versions.length)}
          </Button>
        </div>
      )}
    </div>
  );
}

function useVersionOptions(template: Template) {
  const { data = [] } = useVersions(template.id);
  return Array.from({ length: template.latest_version }, (_, i) => template.latest_version - i).map(
    (version) => {
      const note = data.find((one) => one.version === version)?.note;
      const active = version === template.active_version ? "active" : undefined;
      return {
        value: String(version),
        label: `v${version}`,
        hint: [active, note].filter(Boolean).join(" · ") || undefined,
      };
    },
  );
}

/** The newest version that is not in the test yet. */
function nextVersion(taken: readonly number[], latest: number): number {
  for (let version = latest; version > 0; version--) if (!taken.includes(version)) return version;
  return latest;
}
