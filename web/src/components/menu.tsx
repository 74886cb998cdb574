import type { ReactElement, ReactNode } from "react";
import { Deferred, overlaySource } from "./deferred.tsx";

export type MenuEntry =
  | {
      kind?: "item";
      label: ReactNode;
      hint?: ReactNode;
      icon?: ReactNode;
      danger?: boolean;
      disabled?: boolean;
      onSelect: () => void;
    }
  | { kind: "link"; label: ReactNode; hint?: ReactNode; icon?: ReactNode; to: string }
  | {
      kind: "choice";
      label: string;
      value: string;
      options: { value: string; label: string }[];
      onChange: (value: never) => void;
    }
  | { kind: "separator" };

export type MenuProps = {
  trigger: ReactElement;
  align?: "start" | "end";
  side?: "top" | "bottom";
  /** `false` entries are left out, so that `may("…") && {…}` can stand in the list. */
  entries: (MenuEntry | false)[];
};

const source = overlaySource<MenuProps>("menu", async () => (await import("./menu-popup.tsx")).MenuPopup);

/** A list of things to do, behind a button. */
export function Menu(props: MenuProps) {
  return <Deferred source={source} props={props} />;
}
