/**
 * Every code the database refuses a call with, what happened and what to do. The database sends the code as
 * SQLSTATE (`error.code` in supabase-js) with a sentence and a hint for the case at hand; these are the
 * general ones, for when only the code is known. docs/errors.md explains each.
 *
 * NM0xx organizations, templates, versions, keys, audit · NM1xx gateway, logs, credit · NM2xx A/B tests ·
 * NM3xx recommendations · NM4xx data policy.
 */
export interface DatabaseErrorKind {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
}

export const DATABASE_ERRORS = {
  NM001: {
    name: "not_signed_in",
    message: "Nobody is signed in.",
    remedy: "Sign in and send the access token with the request.",
  },
  NM002: {
    name: "role_too_low",
    message: "Your role in this organization does not allow this.",
    remedy: "Ask an owner or admin to do it or to change your role.",
  },
  NM003: {
    name: "not_found",
    message: "There is no such thing in your organizations.",
    remedy: "Check the id; it may have been deleted, or belong to an organization you are not a member of.",
  },
  NM010: { name: "missing_value", message: "A required text is empty.", remedy: "Fill it in." },
  NM011: { name: "too_long", message: "A text is too long.", remedy: "Shorten it." },
  NM012: {
    name: "control_characters",
    message: "A text contains control characters.",
    remedy: "Remove them; only tabs and line breaks are allowed.",
  },
  NM013: {
    name: "invalid_name",
    message: "This cannot be a name.",
    remedy:
      'Use 1 to 64 characters a-z, 0-9, ".", "_" and "-", beginning and ending with a letter or digit, and not beginning with "tpl_".',
  },
  NM014: {
    name: "unknown_choice",
    message: "This is not one of the choices.",
    remedy: "Use one from the list.",
  },
  NM015: {
    name: "out_of_range",
    message: "A number or time is out of range.",
    remedy: "Keep within the limits.",
  },
  NM016: {
    name: "too_many_organizations",
    message: "You have made as many organizations as one person may.",
    remedy: "Delete one you no longer need.",
  },
  NM017: {
    name: "name_taken",
    message: "A template or provider connection of this name already exists.",
    remedy: "Choose another name, or delete the other one first.",
  },
  NM018: {
    name: "invalid_messages",
    message: "The messages are not a list of roles with texts.",
    remedy: 'Give 1 to 100 of {"role": "system", "developer", "user" or "assistant", "content": text}.',
  },
  NM019: {
    name: "invalid_settings",
    message: "Config, contract or filters have another shape than they should.",
    remedy: "Give a JSON object with the documented parts, or leave it out.",
  },
  NM020: {
    name: "stale_version",
    message: "Someone saved a newer version after you began.",
    remedy: "Look at what changed, then save again from the newest version.",
  },
  NM021: {
    name: "nothing_changed",
    message: "Nothing differs from the latest version, so no version was made.",
    remedy: "Change the messages, config or contract first.",
  },
  NM022: {
    name: "lint_not_passed",
    message: "The version has no passing lint report.",
    remedy: "Activate or label it in the dashboard, which lints it first; fix errors and save a new version.",
  },
  NM023: {
    name: "template_deleted",
    message: "The template is deleted.",
    remedy: "An admin can restore it.",
  },
  NM024: {
    name: "version_not_found",
    message: "The template has no such version.",
    remedy: "Choose one of the versions in its history.",
  },
  NM025: {
    name: "other_text_linted",
    message: "The lint report is about another text than the version's.",
    remedy: "Read the version and its content_hash again, then lint that.",
  },
  NM026: {
    name: "include_cycle",
    message: "The template would include itself, perhaps by way of others.",
    remedy: "Take one of the includes out.",
  },
  NM030: {
    name: "last_owner",
    message: "An organization needs an owner, and this is its last.",
    remedy: "Make someone else an owner first, or delete the organization.",
  },
  NM031: {
    name: "invitation_invalid",
    message: "The invitation was used, withdrawn, has expired or never existed.",
    remedy: "Ask for a new one.",
  },
  NM032: {
    name: "invitation_for_another",
    message: "The invitation is for another e-mail address.",
    remedy: "Sign in with the address it was sent to, or ask for one to yours.",
  },
  NM033: {
    name: "already_member",
    message: "This person is already a member.",
    remedy: "Change the role in the list of members.",
  },
  NM034: {
    name: "invalid_email",
    message: "This is not an e-mail address.",
    remedy: "Give an address such as name@example.com.",
  },
  NM041: {
    name: "default_out_of_scope",
    message: "The key's default template is not among those it may use.",
    remedy: "Add it to the scopes or choose another.",
  },
  NM042: {
    name: "playground_off",
    message: "The playground is switched off: its key was revoked.",
    remedy: "An admin switches it on again under API keys.",
  },
  NM050: {
    name: "append_only",
    message: "Versions, lint reports and audit entries cannot be changed or deleted.",
    remedy: "Add a new one instead.",
  },
  NM100: {
    name: "too_many_connections",
    message: "The organization has as many provider connections as it may.",
    remedy: "Remove one you no longer need.",
  },
  NM101: {
    name: "invalid_base_url",
    message: "This is not a base URL.",
    remedy: "Give one such as https://api.example.com/v1, without user, query or fragment.",
  },
  NM102: {
    name: "key_needed",
    message: "Another server needs its key entered again.",
    remedy: "Give the key together with the new base URL.",
  },
  NM200: {
    name: "invalid_variants",
    message: "A test needs two to ten variants whose weights sum to 10000.",
    remedy: "Give weights in basis points: 60/40 is 6000/4000, thirds are 3333/3333/3334.",
  },
  NM201: {
    name: "illegal_test_step",
    message: "The test cannot take this step from the state it is in.",
    remedy: "A test is drafted, runs and pauses in turn, and is completed once.",
  },
  NM202: {
    name: "another_test_running",
    message: "Another test is already running on this template.",
    remedy: "Pause or complete it first.",
  },
  NM203: {
    name: "template_not_served",
    message: "The template is not being served.",
    remedy: "Activate a version first: it is what requests get when the test pauses.",
  },
  NM204: {
    name: "test_frozen",
    message: "A test and its variants cannot be changed once it has started.",
    remedy: "Set other weights, which begins a new phase, or complete the test and draft another one.",
  },
  NM205: {
    name: "too_few_variants",
    message: "Guardrails have stopped all variants of this phase but one.",
    remedy: "Set new weights, which begins a new phase, or complete the test.",
  },
  NM206: {
    name: "invalid_guardrail",
    message: "A guardrail is not one the database understands.",
    remedy: "Give a metric and either limit or worse_than_control_by, as in docs/ab-tests.md.",
  },
  NM207: {
    name: "no_such_variant",
    message: "The test has no such variant.",
    remedy: "Give the letter of one of its variants.",
  },
  NM208: {
    name: "invalid_examples",
    message: "The examples are not a list of objects with variables.",
    remedy: 'Give [{"name": "…", "variables": {…}}], each with at most 256 KiB of variables.',
  },
  NM209: {
    name: "replay_needs_full_policy",
    message: "Requests can be replayed only under the data policy full.",
    remedy: "Use a saved set of examples, or have an admin set the policy.",
  },
  NM210: {
    name: "replay_over_credit",
    message: "This replay is expected to cost more than the credit that is left.",
    remedy: "Run fewer cases or one version, or add credit.",
  },
  NM300: {
    name: "recommendation_decided",
    message: "This recommendation has already been decided.",
    remedy: "It can be decided once. Ask for new ones.",
  },
  NM301: {
    name: "recommendation_outdated",
    message: "A newer version exists than the one this recommendation is for.",
    remedy: "Rebase it on the newest version first.",
  },
  NM302: {
    name: "test_not_draft",
    message: "The A/B test is no longer a draft.",
    remedy: "Choose a draft, or have one made.",
  },
  NM303: {
    name: "nothing_to_apply",
    message: "This recommendation is advice without a rewrite.",
    remedy: "Edit the text and save that, or dismiss it.",
  },
  NM304: {
    name: "too_many_jobs",
    message: "Too many recommendation jobs are waiting or running.",
    remedy: "Wait until one has ended, or cancel one.",
  },
  NM305: {
    name: "job_ended",
    message: "The job has already ended.",
    remedy: "There is nothing left to cancel.",
  },
  NM306: {
    name: "lease_lost",
    message: "This worker no longer holds the job.",
    remedy: "Stop; another worker has it, or it has ended.",
  },
  NM400: {
    name: "content_not_allowed",
    message: "The organization's data policy does not allow keeping the text of requests.",
    remedy: "Keep the request without it, or have an admin set the policy to full.",
  },
} as const satisfies Record<string, DatabaseErrorKind>;
