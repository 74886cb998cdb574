import type { Role } from "./tenants.ts";

/**
 * Who may do what, in one place: the tests try every table and every function as every kind of person, on
 * their own organization's rows and on another's, and compare with this. A table or function without an
 * entry fails the test.
 *
 * Nobody has `insert`, `update` or `delete` on any table: every change is a function. Rows of other
 * organizations are readable by nobody but the service role.
 */

/** The lowest role that reads the table's rows in its own organization; "nobody" is for what only the service role reads. */
export type Reader = Role | "nobody";

export const READERS: Readonly<Record<string, Reader>> = {
  ab_tests: "viewer",
  ab_variants: "viewer",
  access_denials: "viewer",
  activations: "viewer",
  api_keys: "viewer",
  audit_log: "admin",
  audit_pins: "admin",
  credit_ledger: "viewer",
  invitations: "admin",
  lint_reports: "viewer",
  memberships: "viewer",
  model_prices: "viewer",
  organizations: "viewer",
  prompt_examples: "viewer",
  prompt_feedback: "viewer",
  prompt_labels: "viewer",
  prompt_logs: "viewer",
  prompt_recommendations: "viewer",
  prompt_rollups: "viewer",
  prompt_templates: "viewer",
  prompt_versions: "viewer",
  provider_connections: "viewer",
  recommendation_jobs: "viewer",
  recommendation_lift: "viewer",
};

/** The lowest role for which a function works in its own organization; "server" is the service role alone. */
export type Caller = Role | "signed-in" | "server";

export const CALLERS: Readonly<Record<string, Caller>> = {
  ab_test_baseline: "viewer",
  ab_test_report: "viewer",
  ab_test_subjects: "viewer",
  ab_test_timeline: "viewer",
  accept_invitation: "signed-in",
  activate_version: "member",
  apply_recommendation: "member",
  audit_entries: "admin",
  cancel_recommendations: "member",
  claim_recommendation_job: "server",
  complete_ab_test: "member",
  create_ab_test: "member",
  create_api_key: "admin",
  create_trial_key: "member",
  delete_ab_test: "member",
  create_organization: "signed-in",
  create_provider_connection: "server",
  create_template: "member",
  credit_balance: "viewer",
  deactivate_template: "member",
  delete_organization: "owner",
  delete_provider_connection: "admin",
  delete_template: "admin",
  deleted_templates: "admin",
  dismiss_recommendation: "member",
  fail_recommendation_job: "server",
  finish_recommendation_job: "server",
  grant_credit: "server",
  invite_member: "admin",
  leave_organization: "viewer",
  library_totals: "viewer",
  organization_people: "viewer",
  pause_ab_test: "member",
  pin_audit_entry: "admin",
  promote_variant: "member",
  prompt_log_entries: "viewer",
  prune_audit_log: "admin",
  purge_logs: "admin",
  rebase_recommendation: "server",
  record_access_denial: "server",
  record_lint_report: "server",
  remove_label: "member",
  remove_member: "admin",
  renew_recommendation_job: "server",
  replay_cases: "admin",
  request_recommendations: "member",
  restore_template: "admin",
  revoke_api_key: "admin",
  revoke_invitation: "admin",
  save_example_set: "member",
  save_version: "member",
  set_ab_weights: "member",
  set_audit_retention: "admin",
  set_data_policy: "admin",
  set_label: "member",
  set_member_role: "admin",
  set_model_price: "admin",
  start_ab_test: "member",
  update_ab_test: "member",
  start_audit_export: "admin",
  start_provider_test: "server",
  start_replay: "member",
  unpin_audit_entry: "admin",
  update_organization: "admin",
  update_provider_connection: "server",
  update_template: "member",
  verify_audit_chain: "admin",
};
