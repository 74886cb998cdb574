// What the first two requests ask for, as one text for whoever sends them: see head-start.ts.

export const membershipColumns =
  "role, organization:organizations(id, name, data_policy, log_retention_days, audit_retention_days)";

/** What a row of the library shows, and no more: there may be thousands. Their organization is known. */
export const templateListColumns = "id, name, description, tags, active_version, latest_version, updated_at";

/** More than any screen shows at once, and few enough to be there, read and drawn at once. */
export const templatesOnFirstScreen = 60;
