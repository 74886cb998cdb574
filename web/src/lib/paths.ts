/** Every address of the dashboard in one place; routes.tsx declares the same shapes. */
export const paths = {
  start: "/",
  signIn: "/signin",
  signUp: "/signup",
  reset: "/reset",
  newPassword: "/reset/new",
  invitation: (token: string) => `/invitations/${token}`,
  home: (org: string) => `/o/${org}`,
  library: (org: string) => `/o/${org}/library`,
  template: (org: string, id: string) => `/o/${org}/templates/${id}`,
  editor: (org: string, id: string, version?: number) =>
    `/o/${org}/templates/${id}/editor${version ? `?version=${version}` : ""}`,
  /** The editor with a draft of a version that includes the newest versions, ready to be saved. */
  pinToNewest: (org: string, id: string, version: number) =>
    `/o/${org}/templates/${id}/editor?version=${version}&pin=newest`,
  /** The editor with its playground, filled with what a logged request got. */
  replay: (org: string, id: string, requestId: string) =>
    `/o/${org}/templates/${id}/editor?request=${requestId}`,
  history: (org: string, id: string, version?: number) =>
    `/o/${org}/templates/${id}/history${version ? `?version=${version}` : ""}`,
  templateTests: (org: string, id: string) => `/o/${org}/templates/${id}/tests`,
  templateReplay: (org: string, id: string) => `/o/${org}/templates/${id}/replay`,
  templateRecommendations: (org: string, id: string) => `/o/${org}/templates/${id}/recommendations`,
  templateLogs: (org: string, id: string) => `/o/${org}/templates/${id}/logs`,
  tests: (org: string) => `/o/${org}/tests`,
  test: (org: string, id: string) => `/o/${org}/tests/${id}`,
  newTest: (org: string, templateId?: string) =>
    `/o/${org}/tests/new${templateId ? `?template=${templateId}` : ""}`,
  editTest: (org: string, id: string) => `/o/${org}/tests/${id}/edit`,
  recommendations: (org: string) => `/o/${org}/recommendations`,
  logs: (org: string) => `/o/${org}/logs`,
  log: (org: string, requestId: string) => `/o/${org}/logs/${requestId}`,
  analytics: (org: string) => `/o/${org}/analytics`,
  audit: (org: string) => `/o/${org}/audit`,
  settings: (org: string, page: SettingsPage = "organization") => `/o/${org}/settings/${page}`,
};

/** The same page with its form for something new open. */
export const making = (path: string): string => `${path}?new`;

export type SettingsPage = "organization" | "members" | "keys" | "providers" | "credits" | "account";
