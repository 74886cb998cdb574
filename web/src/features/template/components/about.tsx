import { useId, useState } from "react";
import { Badge } from "../../../components/status.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import styles from "./template.module.css";

/** Longer than two lines of a wide screen: the header is for what requests get, and the page below for writing. */
const LONG_TEXT = 240;
const TAGS_SHOWN = 8;

/** Description and tags, cut where they would push the page away, with a way to see the whole. */
export function About({ template: { description, tags } }: { template: Template }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!description && tags.length === 0) return null;
  const long = description.length > LONG_TEXT || tags.length > TAGS_SHOWN;
  const shown = open ? tags : tags.slice(0, TAGS_SHOWN);
  return (
    <div className={styles.about} data-open={open || !long}>
      {description && (
        <p id={id} className={styles.description}>
          {description}
        </p>
      )}
      {shown.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
      {long && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={open}
          aria-controls={description ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          {open ? "Show less" : "Show all of it"}
        </button>
      )}
    </div>
  );
}
