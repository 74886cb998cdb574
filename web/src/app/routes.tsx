import { type ComponentType, lazy } from "react";
import { Navigate, Route, Routes } from "react-router";
import { PageBoundary } from "../components/page-boundary.tsx";
import { InOrganization, SignedIn, SignedOut, Start } from "./gates.tsx";
import { NotFound } from "./not-found.tsx";
import { Shell } from "./shell/shell.tsx";

/** Each page is its own chunk: `page(() => import("…"), "NameOfTheComponent")`. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return lazy(async () => ({ default: (await load())[name] }));
}

const Gallery = page(() => import("../features/gallery/gallery.tsx"), "Gallery");
const loadAccount = () => import("../features/account/pages.ts");
const SignIn = page(loadAccount, "SignInPage");
const SignUp = page(loadAccount, "SignUpPage");
const Reset = page(loadAccount, "ResetPage");
const NewPassword = page(
  () => import("../features/account/components/new-password-page.tsx"),
  "NewPasswordPage",
);
const loadLibrary = () => import("../features/library/components/library-page.tsx");
const Library = page(loadLibrary, "LibraryPage");
const Template = page(() => import("../features/template/components/template-page.tsx"), "TemplatePage");
const Editor = page(() => import("../features/editor/components/editor-page.tsx"), "EditorPage");
const History = page(() => import("../features/history/components/history-page.tsx"), "HistoryPage");
const Tests = page(() => import("../features/tests/components/tests-page.tsx"), "TestsPage");
const TemplateTests = page(() => import("../features/tests/components/tests-page.tsx"), "TemplateTestsPage");
const Test = page(() => import("../features/tests/components/test-page.tsx"), "TestPage");
const NewTest = page(() => import("../features/tests/components/set-up-page.tsx"), "NewTestPage");
const EditTest = page(() => import("../features/tests/components/set-up-page.tsx"), "EditTestPage");
const Replay = page(() => import("../features/replay/components/replay-page.tsx"), "ReplayPage");
const Logs = page(() => import("../features/logs/components/logs-page.tsx"), "LogsPage");
const TemplateLogs = page(() => import("../features/logs/components/logs-page.tsx"), "TemplateLogsPage");
const Recommendations = page(
  () => import("../features/recommendations/components/recommendations-page.tsx"),
  "RecommendationsPage",
);
const TemplateRecommendations = page(
  () => import("../features/recommendations/components/recommendations-page.tsx"),
  "TemplateRecommendationsPage",
);
const Analytics = page(() => import("../features/analytics/components/analytics-page.tsx"), "AnalyticsPage");
const Settings = page(() => import("../features/settings/components/settings-page.tsx"), "SettingsPage");
const Providers = page(() => import("../features/providers/components/providers-page.tsx"), "ProvidersPage");
const Keys = page(() => import("../features/keys/components/keys-page.tsx"), "KeysPage");

const Organization = page(
  () => import("../features/settings/components/organization-page.tsx"),
  "OrganizationPage",
);
const Members = page(() => import("../features/settings/components/members-page.tsx"), "MembersPage");
const Credits = page(() => import("../features/settings/components/credits-page.tsx"), "CreditsPage");
const Account = page(() => import("../features/settings/components/account-page.tsx"), "AccountPage");
const Audit = page(() => import("../features/audit/components/audit-page.tsx"), "AuditPage");
const Invitation = page(() => import("../features/account/components/invitation-page.tsx"), "InvitationPage");

// Where most visits begin: its code is fetched while the session and the organizations are read. What fails here
// is met again, and told, where the page is shown.
if (/^\/(o\/[^/]+\/library)?$/.test(location.pathname)) loadLibrary().catch(() => {});

export function AppRoutes() {
  return (
    <PageBoundary>
      <Routes>
        <Route path="gallery" element={<Gallery />} />
        <Route path="reset/new" element={<NewPassword />} />
        <Route element={<SignedOut />}>
          <Route path="signin" element={<SignIn />} />
          <Route path="signup" element={<SignUp />} />
          <Route path="reset" element={<Reset />} />
        </Route>
        <Route element={<SignedIn />}>
          <Route index element={<Start />} />
          <Route path="invitations/:token" element={<Invitation />} />
          <Route path="o/:organizationId" element={<InOrganization />}>
            <Route element={<Shell />}>
              <Route index element={<Navigate to="library" replace />} />
              <Route path="library" element={<Library />} />
              <Route path="templates/:templateId" element={<Template />}>
                <Route index element={<Navigate to="editor" replace />} />
                <Route path="editor" element={<Editor />} />
                <Route path="history" element={<History />} />
                <Route path="tests" element={<TemplateTests />} />
                <Route path="replay" element={<Replay />} />
                <Route path="recommendations" element={<TemplateRecommendations />} />
                <Route path="logs" element={<TemplateLogs />} />
                <Route path="*" element={<NotFound />} />
              </Route>
              <Route path="tests" element={<Tests />} />
              <Route path="tests/new" element={<NewTest />} />
              <Route path="tests/:testId" element={<Test />} />
              <Route path="tests/:testId/edit" element={<EditTest />} />
              <Route path="recommendations" element={<Recommendations />} />
              <Route path="logs" element={<Logs />} />
              <Route path="analytics" element={<Analytics />} />
              <Route path="audit" element={<Audit />} />
              <Route path="settings" element={<Settings />}>
                <Route index element={<Navigate to="organization" replace />} />
                <Route path="organization" element={<Organization />} />
                <Route path="members" element={<Members />} />
                <Route path="credits" element={<Credits />} />
                <Route path="account" element={<Account />} />
                <Route path="keys" element={<Keys />} />
                <Route path="providers" element={<Providers />} />
                <Route path="*" element={<NotFound />} />
              </Route>
              <Route path="*" element={<NotFound />} />
            </Route>
          </Route>
        </Route>
        <Route path="*" element={<NotFound />} />
      </Routes>
    </PageBoundary>
  );
}
