/** What a page is about, in an organization where everything is there once. */
export interface Ids {
  readonly organizationId: string;
  readonly templateId: string;
  readonly testId: string;
  readonly draftTestId: string;
}

export interface Place {
  readonly name: string;
  /** Its level-one heading. */
  readonly heading: string;
  readonly path: (ids: Ids) => string;
  /** A text that is there only once its data is. */
  readonly shows: string;
}

const within = (page: string) => (ids: Ids) => `/o/${ids.organizationId}/${page}`;
const ofTemplate = (tab: string) => (ids: Ids) =>
  `/o/${ids.organizationId}/templates/${ids.templateId}/${tab}`;

/** Every page of an organization, as routes.tsx has them. */
export const places: readonly Place[] = [
  { name: "library", heading: "Library", path: within("library"), shows: "order-summary" },
  { name: "editor", heading: "support-agent", path: ofTemplate("editor"), shows: "system" },
  { name: "history", heading: "support-agent", path: ofTemplate("history"), shows: "v1" },
  {
    name: "template-tests",
    heading: "support-agent",
    path: ofTemplate("tests"),
    shows: "Is friendly faster?",
  },
  { name: "replay", heading: "support-agent", path: ofTemplate("replay"), shows: "Usual questions" },
  {
    name: "template-recommendations",
    heading: "support-agent",
    path: ofTemplate("recommendations"),
    shows: "estimate",
  },
  { name: "template-logs", heading: "support-agent", path: ofTemplate("logs"), shows: "fake-gpt" },
  { name: "tests", heading: "Tests", path: within("tests"), shows: "Is friendly faster?" },
  {
    name: "test",
    heading: "Is friendly faster?",
    path: ({ organizationId, testId }) => `/o/${organizationId}/tests/${testId}`,
    shows: "A v1",
  },
  {
    name: "test-set-up",
    heading: "New test",
    path: ({ organizationId, templateId }) => `/o/${organizationId}/tests/new?template=${templateId}`,
    shows: "support-agent",
  },
  {
    name: "test-edit",
    heading: "Is shorter cheaper?",
    path: ({ organizationId, draftTestId }) => `/o/${organizationId}/tests/${draftTestId}/edit`,
    shows: "Save draft",
  },
  {
    name: "recommendations",
    heading: "Recommendations",
    path: within("recommendations"),
    shows: "support-agent",
  },
  { name: "logs", heading: "Logs", path: within("logs"), shows: "fake-gpt" },
  { name: "analytics", heading: "Analytics", path: within("analytics"), shows: "How many requests?" },
  { name: "audit", heading: "Audit log", path: within("audit"), shows: "template.created" },
  { name: "organization", heading: "Organization", path: within("settings/organization"), shows: "requests" },
  { name: "members", heading: "Members", path: within("settings/members"), shows: "owner" },
  { name: "keys", heading: "API keys", path: within("settings/keys"), shows: "in 3 months" },
  { name: "providers", heading: "Providers", path: within("settings/providers"), shows: "api.example.com" },
  { name: "credits", heading: "Credits", path: within("settings/credits"), shows: "Show older entries" },
  { name: "account", heading: "Account", path: within("settings/account"), shows: "Password" },
];
