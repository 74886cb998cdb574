import type { ComponentType } from "react";

/** The code of one page or part of one, fetched once: where it comes from, and the component once it is here. */
export type Code = { load: () => Promise<ComponentType>; ready: () => ComponentType | undefined };

function code<Name extends string>(fetchIt: () => Promise<Record<Name, ComponentType>>, name: Name): Code {
  let loaded: ComponentType | undefined;
  const load = async () => {
    loaded ??= (await fetchIt())[name];
    return loaded;
  };
  return { load, ready: () => loaded };
}

const account = () => import("../features/account/pages.ts");
const tests = () => import("../features/ab-tests/components/ab-tests-page.tsx");
const setUp = () => import("../features/ab-tests/components/set-up-page.tsx");
const logs = () => import("../features/logs/components/logs-page.tsx");
const recommendations = () => import("../features/recommendations/components/recommendations-page.tsx");

export const pageCode = {
  gallery: code(() => import("../features/gallery/gallery.tsx"), "Gallery"),
  signIn: code(account, "SignInPage"),
  signUp: code(account, "SignUpPage"),
  reset: code(account, "ResetPage"),
  newPassword: code(() => import("../features/account/components/new-password-page.tsx"), "NewPasswordPage"),
  invitation: code(() => import("../features/account/components/invitation-page.tsx"), "InvitationPage"),
  library: code(() => import("../features/library/components/library-page.tsx"), "LibraryPage"),
  template: code(() => import("../features/template/components/template-page.tsx"), "TemplatePage"),
  editor: code(() => import("../features/editor/components/editor-page.tsx"), "EditorPage"),
  history: code(() => import("../features/history/components/history-page.tsx"), "HistoryPage"),
  tests: code(tests, "AbTestsPage"),
  templateTests: code(tests, "TemplateAbTestsPage"),
  test: code(() => import("../features/ab-tests/components/ab-test-page.tsx"), "AbTestPage"),
  newTest: code(setUp, "NewAbTestPage"),
  editTest: code(setUp, "EditAbTestPage"),
  replay: code(() => import("../features/replay/components/replay-page.tsx"), "ReplayPage"),
  logs: code(logs, "LogsPage"),
  templateLogs: code(logs, "TemplateLogsPage"),
  recommendations: code(recommendations, "RecommendationsPage"),
  templateRecommendations: code(recommendations, "TemplateRecommendationsPage"),
  analytics: code(() => import("../features/analytics/components/analytics-page.tsx"), "AnalyticsPage"),
  audit: code(() => import("../features/audit/components/audit-page.tsx"), "AuditPage"),
  settings: code(() => import("../features/settings/components/settings-page.tsx"), "SettingsPage"),
  organization: code(
    () => import("../features/settings/components/organization-page.tsx"),
    "OrganizationPage",
  ),
  members: code(() => import("../features/settings/components/members-page.tsx"), "MembersPage"),
  credits: code(() => import("../features/settings/components/credits-page.tsx"), "CreditsPage"),
  accountPage: code(() => import("../features/settings/components/account-page.tsx"), "AccountPage"),
  keys: code(() => import("../features/keys/components/keys-page.tsx"), "KeysPage"),
  providers: code(() => import("../features/providers/components/providers-page.tsx"), "ProvidersPage"),
} satisfies Record<string, Code>;

const { template, settings, ...page } = pageCode;
/** In the editor, what the text is written in comes in a chunk of its own. */
const codeEditor = { load: () => import("../features/editor/components/code-editor.tsx") };

/** What a page is made of, by what follows `/o/:organizationId/` in its address; `*` is an id. */
const parts: Record<string, { load: () => Promise<unknown> }[]> = {
  "": [page.library],
  library: [page.library],
  "templates/*": [template, page.editor, codeEditor],
  "templates/*/editor": [template, page.editor, codeEditor],
  "templates/*/history": [template, page.history],
  "templates/*/tests": [template, page.templateTests],
  "templates/*/replay": [template, page.replay],
  "templates/*/recommendations": [template, page.recommendations],
  "templates/*/logs": [template, page.logs],
  tests: [page.tests],
  "tests/new": [page.newTest],
  "tests/*": [page.test],
  "tests/*/edit": [page.editTest],
  recommendations: [page.recommendations],
  logs: [page.logs],
  analytics: [page.analytics],
  audit: [page.audit],
  settings: [settings, page.organization],
  "settings/organization": [settings, page.organization],
  "settings/members": [settings, page.members],
  "settings/credits": [settings, page.credits],
  "settings/account": [settings, page.accountPage],
  "settings/keys": [settings, page.keys],
  "settings/providers": [settings, page.providers],
};

/** And outside of any organization. */
const outside: Record<string, { load: () => Promise<unknown> }[]> = {
  "/": [page.library],
  "/signin": [page.signIn],
  "/signup": [page.signUp],
  "/reset": [page.reset],
};

/**
 * Fetches everything a page is made of at once, instead of each part when the one around it is there. A failure is
 * met again, and told, where the page is shown.
 */
export function fetchPage(pathname: string) {
  for (const part of partsOf(pathname)) part.load().catch(() => {});
}

function partsOf(pathname: string) {
  const inside = /^\/o\/[^/]+\/?(.*?)\/?$/.exec(pathname)?.[1];
  if (inside === undefined) return outside[pathname] ?? [];
  const [section, id, ...rest] = inside.split("/");
  return parts[inside] ?? parts[[section, id && "*", ...rest].filter(Boolean).join("/")] ?? [];
}
