import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { plural } from "../../../lib/format.ts";
import type { Message } from "../../../lib/queries/get-versions.ts";
import type { Recommendation } from "../api/get-recommendations.ts";
import { excerptLines } from "../excerpt.ts";
import styles from "./detail.module.css";

type EvidenceProps = { messages: readonly Message[]; evidence: Recommendation["evidence"] };

const shownAtFirst = 8;

/** The lines of the source a recommendation is about, what it points at marked. */
export function Evidence({ messages, evidence }: EvidenceProps) {
  const [whole, setWhole] = useState(false);
  const lines = messages.flatMap(({ role, content }, index) =>
    excerptLines(
      content,
      evidence.filter(({ message }) => message === index),
    ).map((line) => ({ ...line, place: messages.length > 1 ? `${index + 1} ${role}` : role })),
  );
  const shown = whole ? lines : lines.slice(0, shownAtFirst);
  return (
    <>
      <ol className={styles.excerpt} aria-label="Places">
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <li key={index}>
            <span className={styles.lineNumber} title={`Message ${line.place}, line ${line.number}`}>
              {line.number}
            </span>
            <span className={styles.lineText}>
              {line.pieces.map((piece, at) =>
                piece.marked ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
                  <mark key={at}>{piece.text}</mark>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
                  <span key={at}>{piece.text}</span>
                ),
              )}
            </span>
          </li>
        ))}
      </ol>
      {lines.length > shownAtFirst && (
        <div>
          <Button size="small" look="quiet" onClick={() => setWhole(!whole)}>
            {whole ? "Show fewer" : `Show ${plural(lines.length - shownAtFirst, "more line")}`}
          </Button>
        </div>
      )}
    </>
  );
}
