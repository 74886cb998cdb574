import { assignmentSlot, variantAtSlot } from "@core/ab/assign-variant.ts";
import { useState } from "react";
import { Field, TextInput } from "../../../components/field.tsx";
import { Panel } from "../../../components/page.tsx";
import type { AbTest } from "../api/get-ab-tests.ts";
import styles from "./ab-tests.module.css";
import { VariantMark } from "./variant-mark.tsx";

/** Which variant somebody gets, computed here as anybody can: nothing is asked of the server. */
export function UnitLookup({ test }: { test: AbTest }) {
  const [unit, setUnit] = useState("");
  const bySubject = test.assign_by === "subject";
  return (
    <Panel
      title="Who gets what"
      lead="The first 8 bytes of SHA-256(“test id:unit”) decide, so anyone can recompute it. Everybody has one place, for as long as the weights stand."
    >
      <Field
        label={bySubject ? "User or session" : "Request id"}
        hint={bySubject ? "A nemo_prompt_subject." : "An x-request-id."}
      >
        <TextInput
          mono
          value={unit}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setUnit(event.target.value)}
        />
      </Field>
      <p aria-live="polite" className={styles.answer}>
        {unit && <Answer test={test} unit={unit} />}
      </p>
    </Panel>
  );
}

function Answer({ test, unit }: { test: AbTest; unit: string }) {
  const slot = assignmentSlot(test.id, unit);
  const { letter, version, stopped_at } = variantAtSlot(test.variants, slot);
  return (
    <>
      <VariantMark letter={letter} version={version} />{" "}
      <span className="meta num">
        place {slot} of 10,000{stopped_at ? "; stopped, so the active version is served" : ""}
      </span>
    </>
  );
}
