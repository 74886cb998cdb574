import { formatWeights, MIN_VARIANTS, parseWeights } from "@core/ab/parse-weights.ts";
import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, Dialog, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useSetWeights } from "../api/change-ab-test.ts";
import type { AbTest } from "../api/get-ab-tests.ts";
import { evenSplit, spacedSplit } from "../set-up.ts";
import styles from "./set-up.module.css";
import { SplitBar, VariantMark } from "./variant-mark.tsx";

/** Other weights begin a new phase, which is analysed by itself. */
export function ChangeWeights({ test }: { test: AbTest }) {
  return (
    <Dialog
      title="Change weights"
      description={`This begins phase ${test.phase + 1}. What was measured until now stays as phase ${test.phase} and is not added to it.`}
      trigger={<Button>Change weights</Button>}
    >
      <WeightsForm test={test} />
    </Dialog>
  );
}

function WeightsForm({ test }: { test: AbTest }) {
  const close = useCloseDialog();
  const setWeights = useSetWeights();
  const [kept, setKept] = useState(() =>
    test.variants.filter(({ weight }) => weight > 0).map(({ letter }) => letter),
  );
  const [split, setSplit] = useState(() =>
    formatWeights(test.variants.filter(({ weight }) => weight > 0).map(({ weight }) => weight)),
  );
  const parsed = parseWeights(split);
  const fits = parsed.ok && parsed.weights.length === kept.length;

  function toggle(letter: string) {
    const next = test.variants
      .map((variant) => variant.letter)
      .filter((one) => (one === letter ? !kept.includes(one) : kept.includes(one)));
    setKept(next);
    setSplit(evenSplit(next.length));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!fits) return;
    const weights = test.variants.map(({ letter }) => {
      const place = kept.indexOf(letter);
      return place < 0 ? 0 : (parsed.weights[place] ?? 0);
    });
    const onSuccess = () => {
      announce(`Phase ${test.phase + 1} has begun: ${spacedSplit(parsed.weights)}`);
      close();
    };
    whenDone(setWeights.mutateAsync({ test_id: test.id, weights }), { onSuccess });
  }

  return (
    <form className={form.form} onSubmit={submit}>
      {test.variants.length > MIN_VARIANTS && (
        <fieldset className={styles.keep}>
          <legend>Go on with</legend>
          {test.variants.map(({ letter, version }) => (
            <label key={letter}>
              <input
                type="checkbox"
                checked={kept.includes(letter)}
                // Without the control there is nothing to compare with, and one variant is no test.
                disabled={letter === "A" || (kept.includes(letter) && kept.length <= MIN_VARIANTS)}
                onChange={() => toggle(letter)}
              />
              <VariantMark letter={letter} version={version} />
            </label>
          ))}
        </fieldset>
      )}
      <Field
        label={`Split of ${kept.join(", ")}`}
        hint={
          fits
            ? `${parsed.weights.join(" / ")} basis points of 10,000.`
            : "Shares of all requests, as in 60/40."
        }
        error={parsed.ok ? (fits ? undefined : `Give ${kept.length} shares.`) : parsed.message}
      >
        <TextInput mono value={split} onChange={(event) => setSplit(event.target.value)} />
      </Field>
      {fits && <SplitBar shares={kept.map((letter, i) => ({ letter, weight: parsed.weights[i] ?? 0 }))} />}
      {setWeights.error && <ErrorNote error={toAppError(setWeights.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={setWeights.isPending} disabled={!fits}>
          Begin phase {test.phase + 1}
        </Button>
      </DialogActions>
    </form>
  );
}
