import { Suspense, useState } from "react";
import { Dialog } from "../../../components/dialog.tsx";
import { later } from "../../../components/later.ts";
import { Skeleton } from "../../../components/states.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import type { Draft } from "../draft.ts";

const SaveForm = later(async () => (await import("./save-form.tsx")).SaveForm);

export type SaveDialogProps = {
  template: Template;
  draft: Draft;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (saved: Version) => void;
};

export function SaveDialog(props: SaveDialogProps) {
  const { draft, open, onOpenChange } = props;
  // The number it will have: a save on anything but the version the draft stood on is refused. It is the same until the
  // dialog has faded out, when the draft stands on what was saved.
  const [{ was, next }, hold] = useState({ was: false, next: 0 });
  if (open !== was) hold({ was: open, next: open ? draft.base + 1 : next });
  // Kept here: what was written is there again when the dialog is opened again.
  const [note, setNote] = useState("");
  return (
    <Dialog
      title={`Save version ${next}`}
      description="A version never changes again. What requests get stays as it is until you activate it."
      open={open}
      onOpenChange={onOpenChange}
    >
      <Suspense fallback={<Skeleton lines={2} />}>
        <SaveForm {...props} next={next} note={note} onNote={setNote} />
      </Suspense>
    </Dialog>
  );
}
