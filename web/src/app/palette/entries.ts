import { making, paths } from "../../lib/paths.ts";
import type { Permission } from "../../lib/permissions.ts";
import type { Template } from "../../lib/queries/get-templates.ts";
import type { ThemeChoice } from "../../lib/theme.ts";
import type { Shortcut } from "../../lib/use-shortcuts.ts";

/** One line of the palette: what it is called, what it does. */
export type Entry = { value: string; label: string; hint?: string; keys?: string; run: () => void };
export type Group = { value: string; items: Entry[] };

type World = {
  organizationId: string;
  may: (permission: Permission) => boolean;
  go: (to: string) => void;
  setTheme: (theme: ThemeChoice) => void;
  /** What the page that is open can do. */
  here: readonly Shortcut[];
  templates: readonly Template[];
  /** The template whose page is open, if one is. */
  open?: Template;
};

/** With thousands of templates, the first ones that match; typing more finds the others. */
const mostTemplates = 12;

/** Every word that was typed is in the label or the hint. */
function matching<T extends { label: string; hint?: string }>(entries: readonly T[], typed: string): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ label, hint = "" }) => {
    const text = `${label} ${hint}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function groupsFor(world: World, typed: string): Group[] {
  const groups: [string, Entry[]][] = [
    ["Here", matching(actions(world), typed)],
    ["Templates", matching(templates(world), typed).slice(0, mostTemplates)],
    ["Make", matching(makings(world), typed)],
    ["Go to", matching(pages(world), typed)],
    ["Appearance", matching(appearance(world), typed)],
  ];
  return groups.filter(([, items]) => items.length > 0).map(([value, items]) => ({ value, items }));
}

function actions({ here, open, organizationId, go }: World): Entry[] {
  const keys = here
    .filter((shortcut) => shortcut.keys !== "mod+k")
    .map(({ does, keys, run }) => ({ value: `here ${keys}`, label: does, keys, run }));
  if (!open) return keys;
  const faces: [string, string][] = [
    ["Editor", paths.editor(organizationId, open.id)],
    ["History", paths.history(organizationId, open.id)],
    ["Tests", paths.templateTests(organizationId, open.id)],
    ["Replay", paths.templateReplay(organizationId, open.id)],
    ["Recommendations", paths.templateRecommendations(organizationId, open.id)],
    ["Logs", paths.templateLogs(organizationId, open.id)],
  ];
  const places = faces.map(([label, to]) => ({
    value: `face ${label}`,
    label: `${label} of ${open.name}`,
    run: () => go(to),
  }));
  return [...keys, ...places];
}

function templates({ templates: all, organizationId, go }: World): Entry[] {
  return all.map(({ id, name, description }) => ({
    value: id,
    label: name,
    hint: description,
    run: () => go(paths.editor(organizationId, id)),
  }));
}

function pages({ organizationId: org, may, go }: World): Entry[] {
  const all: [string, string, Permission?][] = [
    ["Library", paths.library(org)],
    ["Tests", paths.tests(org)],
    ["Recommendations", paths.recommendations(org)],
    ["Logs", paths.logs(org)],
    ["Analytics", paths.analytics(org)],
    ["Audit log", paths.audit(org), "audit.read"],
    ["Organization", paths.settings(org)],
    ["Members", paths.settings(org, "members")],
    ["API keys", paths.settings(org, "keys")],
    ["Providers", paths.settings(org, "providers")],
    ["Credits", paths.settings(org, "credits")],
    ["Account", paths.settings(org, "account")],
  ];
  return all
    .filter(([, , permission]) => permission === undefined || may(permission))
    .map(([label, to]) => ({ value: `page ${label}`, label, run: () => go(to) }));
}

/** What one can make from anywhere: its page opens with the form to fill in. */
function makings({ organizationId: org, may, go, open }: World): Entry[] {
  const all: [label: string, hint: string, to: string, permission: Permission][] = [
    ["New template", "Create a prompt", making(paths.library(org)), "templates.write"],
    ["New test", "Set up an A/B test", paths.newTest(org, open?.id), "tests.run"],
    ["New key", "Create an API key", making(paths.settings(org, "keys")), "keys.manage"],
    ["Invite someone", "Add a member", making(paths.settings(org, "members")), "members.manage"],
    ["Connect a provider", "Add your own key", making(paths.settings(org, "providers")), "providers.manage"],
  ];
  return all
    .filter(([, , , permission]) => may(permission))
    .map(([label, hint, to]) => ({ value: `make ${label}`, label, hint, run: () => go(to) }));
}

const themes: [ThemeChoice, string][] = [
  ["light", "Light theme"],
  ["dark", "Dark theme"],
  ["system", "Theme of the system"],
];

function appearance({ setTheme }: World): Entry[] {
  return themes.map(([theme, label]) => ({ value: `theme ${theme}`, label, run: () => setTheme(theme) }));
}
