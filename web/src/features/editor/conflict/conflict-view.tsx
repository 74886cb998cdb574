import { useMemo, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { plural } from "../../../lib/format.ts";
import type { Content } from "../draft.ts";
import styles from "./conflict.module.css";
import { type Choice, type Conflict, conflictsOf, mergeDrafts } from "./merge-drafts.ts";

type ConflictViewProps = {
  base: { name: string; content: Content };
  theirs: { name: string; author: string; content: Content };
  mine: Content;
  onMerged: (merged: Content) => void;
};

/** Both changes beside what they began from; what only one person touched is joined already. Nothing is saved here. */
export function ConflictView({ base, theirs, mine, onMerged }: ConflictViewProps) {
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const close = useCloseDialog();
  const conflicts = useMemo(
    () => conflictsOf(base.content, theirs.content, mine),
    [base.content, theirs.content, mine],
  );
  const open = conflicts.filter(({ id }) => choices[id] === undefined).length;
  const merged = mergeDrafts(base.content, theirs.content, mine, ({ id }) => choices[id] ?? "mine");

  return (
    <div className={styles.view}>
      <p>
        {conflicts.length === 0
          ? "You changed different places: both changes are kept."
          : `${plural(conflicts.length, "place")} changed by both of you. The rest is joined already.`}
      </p>
      {conflicts.map((conflict) => (
        <Question
          key={conflict.id}
          conflict={conflict}
          base={base.name}
          author={theirs.author}
          choice={choices[conflict.id]}
          onChoose={(choice) => setChoices({ ...choices, [conflict.id]: choice })}
        />
      ))}
      <details>
        <summary>
          What {theirs.author} changed, {base.name} to {theirs.name}
        </summary>
        <VersionDiff before={base.content} after={theirs.content} />
      </details>
      <section className={styles.result} aria-label="Result">
        <h3>What your next save changes in {theirs.name}</h3>
        <VersionDiff before={theirs.content} after={merged} />
      </section>
      <DialogActions>
        <CancelButton>Not now</CancelButton>
        <Button
          look="primary"
          disabled={open > 0}
          onClick={() => {
            onMerged(merged);
            close();
          }}
        >
          {open > 0 ? `Choose in ${plural(open, "place")}` : "Go on with the joined text"}
        </Button>
      </DialogActions>
    </div>
  );
}

type QuestionProps = {
  conflict: Conflict;
  base: string;
  author: string;
  choice?: Choice;
  onChoose: (choice: Choice) => void;
};

function Question({ conflict, base, author, choice, onChoose }: QuestionProps) {
  const options: [Choice, string, string][] = [
    ["theirs", `Take what ${author} wrote`, conflict.theirs],
    ["mine", "Take what you wrote", conflict.mine],
  ];
  return (
    <fieldset className={styles.question}>
      <legend>{conflict.where}</legend>
      <div className={styles.texts}>
        <div>
          <span className="meta">Before, in {base}</span>
          <pre className={styles.text}>{conflict.base || "nothing"}</pre>
        </div>
        {options.map(([value, label, text]) => (
          <label key={value} className={styles.option}>
            <span>
              <input
                type="radio"
                checked={choice === value}
                onChange={() => onChoose(value)}
                name={conflict.id}
              />{" "}
              {label}
            </span>
            <pre className={styles.text}>{text || "nothing"}</pre>
          </label>
        ))}
      </div>
      {conflict.both && (
        <label>
          <input
            type="radio"
            checked={choice === "both"}
            onChange={() => onChoose("both")}
            name={conflict.id}
          />{" "}
          Keep both, theirs first
        </label>
      )}
    </fieldset>
  );
}
