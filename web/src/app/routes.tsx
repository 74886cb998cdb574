import { Navigate, Route, Routes } from "react-router";
import { PageBoundary } from "../components/page-boundary.tsx";
import { useFetchAhead } from "./fetch-ahead.ts";
import { InOrganization, SignedIn, SignedOut, Start } from "./gates.tsx";
import { NotFound } from "./not-found.tsx";
import { pageCode } from "./page-code.ts";
import { RoutedPage } from "./routed-page.tsx";
import { Shell } from "./shell/shell.tsx";

/** Each page has a key of its own: going to another is never taken for a change of this one. */
function page(name: keyof typeof pageCode) {
  return <RoutedPage key={name} code={pageCode[name]} />;
}

export function AppRoutes() {
  useFetchAhead();
  return (
    <PageBoundary>
      <Routes>
        <Route path="gallery" element={page("gallery")} />
        <Route path="reset/new" element={page("newPassword")} />
        <Route element={<SignedOut />}>
          <Route path="signin" element={page("signIn")} />
          <Route path="signup" element={page("signUp")} />
          <Route path="reset" element={page("reset")} />
        </Route>
        <Route element={<SignedIn />}>
          <Route index element={<Start />} />
          <Route path="invitations/:token" element={page("invitation")} />
          <Route path="o/:organizationId" element={<InOrganization />}>
            <Route element={<Shell />}>
              <Route index element={<Navigate to="library" replace />} />
              <Route path="library" element={page("library")} />
              <Route path="templates/:templateId" element={page("template")}>
                <Route index element={<Navigate to="editor" replace />} />
                <Route path="editor" element={page("editor")} />
                <Route path="history" element={page("history")} />
                <Route path="tests" element={page("templateTests")} />
                <Route path="replay" element={page("replay")} />
                <Route path="recommendations" element={page("templateRecommendations")} />
                <Route path="logs" element={page("templateLogs")} />
                <Route path="*" element={<NotFound />} />
              </Route>
              <Route path="tests" element={page("tests")} />
              <Route path="tests/new" element={page("newTest")} />
              <Route path="tests/:testId" element={page("test")} />
              <Route path="tests/:testId/edit" element={page("editTest")} />
              <Route path="recommendations" element={page("recommendations")} />
              <Route path="logs" element={page("logs")} />
              <Route path="analytics" element={page("analytics")} />
              <Route path="audit" element={page("audit")} />
              <Route path="settings" element={page("settings")}>
                <Route index element={<Navigate to="organization" replace />} />
                <Route path="organization" element={page("organization")} />
                <Route path="members" element={page("members")} />
                <Route path="credits" element={page("credits")} />
                <Route path="account" element={page("accountPage")} />
                <Route path="keys" element={page("keys")} />
                <Route path="providers" element={page("providers")} />
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
