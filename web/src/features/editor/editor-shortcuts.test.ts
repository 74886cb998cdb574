import { expect, test } from "vitest";
import { can, type Role } from "../../lib/permissions.ts";
import { editorShortcuts } from "./editor-shortcuts.ts";

const nothing = () => {};
const deeds = {
  tryIt: nothing,
  save: nothing,
  activate: nothing,
  nextProblem: nothing,
  addMessage: nothing,
  help: nothing,
};
const keysOf = (role: Role) =>
  editorShortcuts((permission) => can(role, permission), deeds).map(({ keys }) => keys);

test("a viewer's keyboard reads, a member's writes", () => {
  expect(keysOf("viewer")).toEqual(["f8", "mod+/"]);
  expect(keysOf("member")).toEqual(["mod+enter", "mod+s", "mod+shift+enter", "f8", "alt+n", "mod+/"]);
});
