import type { Permission } from "../../lib/permissions.ts";
import type { Shortcut } from "../../lib/use-shortcuts.ts";

type Deeds = Record<"tryIt" | "save" | "activate" | "nextProblem" | "addMessage" | "help", () => void>;

/** What the keyboard does in the editor for this person: what would be refused is neither listed nor done. */
export function editorShortcuts(may: (permission: Permission) => boolean, deeds: Deeds): Shortcut[] {
  const all: [Permission, Shortcut][] = [
    ["playground.run", { keys: "mod+enter", does: "Try it; run it again", run: deeds.tryIt }],
    ["templates.write", { keys: "mod+s", does: "Save a version", run: deeds.save }],
    ["versions.activate", { keys: "mod+shift+enter", does: "Activate this version", run: deeds.activate }],
    ["templates.read", { keys: "f8", does: "To the next problem", run: deeds.nextProblem }],
    ["templates.write", { keys: "alt+n", does: "Add a message", run: deeds.addMessage }],
    ["templates.read", { keys: "mod+/", does: "This list", run: deeds.help }],
  ];
  return all.filter(([permission]) => may(permission)).map(([, shortcut]) => shortcut);
}
