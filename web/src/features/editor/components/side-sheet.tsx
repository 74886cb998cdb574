import { PanelRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { Dialog } from "../../../components/dialog.tsx";
import styles from "./editor.module.css";

/** The instruments beside the writing, where there is no room beside it. */
export function SideSheet({ children }: { children: ReactNode }) {
  return (
    <Dialog
      shape="sheet"
      title="Variables and preview"
      trigger={
        <Button size="small" look="quiet" icon={<PanelRight aria-hidden="true" />}>
          Preview
        </Button>
      }
    >
      <div className={styles.main}>{children}</div>
    </Dialog>
  );
}
