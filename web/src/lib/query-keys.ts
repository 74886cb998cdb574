/**
 * Every query key, from the widest to the narrowest, so that an event can invalidate as much as it must and no
 * more. The organization always comes second: leaving one drops all of it.
 */
export const keys = {
  organizations: () => ["organizations"] as const,
  organization: (org: string) => ["organization", org] as const,
  credits: (org: string) => ["organization", org, "credits"] as const,
  balance: (org: string) => ["organization", org, "credits", "balance"] as const,
  ledger: (org: string) => ["organization", org, "credits", "ledger"] as const,
  keySpending: (org: string) => ["organization", org, "credits", "by-key"] as const,
  members: (org: string) => ["organization", org, "members"] as const,
  invitations: (org: string) => ["organization", org, "invitations"] as const,
  apiKeys: (org: string) => ["organization", org, "api-keys"] as const,
  providers: (org: string) => ["organization", org, "providers"] as const,
  templates: (org: string) => ["organization", org, "templates"] as const,
  /** The whole library. It may be long: when a template changes only its row is read, see template-changed.ts. */
  templateList: (org: string) => ["organization", org, "templates", "list"] as const,
  libraryTotals: (org: string) => ["organization", org, "templates", "totals"] as const,
  deletedTemplates: (org: string) => ["organization", org, "templates", "deleted"] as const,
  template: (org: string, id: string) => ["organization", org, "templates", id] as const,
  versions: (org: string, id: string) => ["organization", org, "templates", id, "versions"] as const,
  labels: (org: string, id: string) => ["organization", org, "templates", id, "labels"] as const,
  /** What a version includes never changes. */
  versionIncludes: (org: string) => ["organization", org, "includes", "version"] as const,
  /** What a draft would include changes with any template. */
  draftIncludes: (org: string) => ["organization", org, "includes", "draft"] as const,
  logs: (org: string) => ["organization", org, "logs"] as const,
  logRows: (org: string) => ["organization", org, "logs", "rows"] as const,
  logContents: (org: string) => ["organization", org, "logs", "content"] as const,
  usage: (org: string) => ["organization", org, "usage"] as const,
  /** What usage can be filtered by: new models and variants are rare. */
  usageChoices: (org: string) => ["organization", org, "usage-choices"] as const,
  tests: (org: string) => ["organization", org, "tests"] as const,
  /** The rows of tests and variants, without what they have measured: that changes with every request. */
  testList: (org: string) => ["organization", org, "tests", "list"] as const,
  /** What the library says of each template: apart, because it changes only when a test's state does. */
  runningTests: (org: string) => ["organization", org, "running-tests"] as const,
  /** Apart from `tests`, because they are drawn anew less often than what is counted. */
  testCharts: (org: string, id: string) => ["organization", org, "test-charts", id] as const,
  test: (org: string, id: string) => ["organization", org, "tests", id] as const,
  replay: (org: string, id: string) => ["organization", org, "replay", id] as const,
  /** What replays would cost, reckoned here. */
  replayPlans: (org: string) => ["organization", org, "replay-plans"] as const,
  recommendations: (org: string) => ["organization", org, "recommendations"] as const,
  recommendationRows: (org: string) => ["organization", org, "recommendations", "rows"] as const,
  /** What asking a model for some would cost. */
  costEstimates: (org: string) => ["organization", org, "recommendations", "estimates"] as const,
  recommendationJobs: (org: string) => ["organization", org, "recommendations", "jobs"] as const,
  modelPrices: (org: string) => ["organization", org, "model-prices"] as const,
  audit: (org: string) => ["organization", org, "audit"] as const,
  auditEntries: (org: string) => ["organization", org, "audit", "entries"] as const,
  /** Checked by computing every hash again. */
  auditChain: (org: string) => ["organization", org, "audit", "chain"] as const,
};
