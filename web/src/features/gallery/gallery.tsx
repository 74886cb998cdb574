import { Page } from "../../components/page.tsx";
import { Controls } from "./controls.tsx";
import { Forms } from "./forms.tsx";
import styles from "./gallery.module.css";
import { Faces, Marks } from "./marks.tsx";
import { Rows } from "./rows.tsx";
import { States } from "./states.tsx";

/** Every component on one page: for looking at them together, in both themes, and for axe. Linked from nowhere. */
export function Gallery() {
  return (
    <main>
      <Page title="Components" lead="Everything the pages are made of, in the theme you are in.">
        <div className={styles.columns}>
          <Controls />
          <Forms />
          <Marks />
          <Faces />
        </div>
        <Rows />
        <States />
      </Page>
    </main>
  );
}
