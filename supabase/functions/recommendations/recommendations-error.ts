import { FunctionError } from "../_shared/server/functions/function-error.ts";

export function notFound(thing: string): FunctionError {
  const hint = "Check the id; it may be deleted, or belong to an organization you are not a member of.";
  return new FunctionError(404, "not_found", `There is no such ${thing}.`, hint);
}

export function rebaseConflict(version: number): FunctionError {
  return new FunctionError(
    409,
    "rebase_conflict",
    `Version ${version} has changed where this recommendation would.`,
    "Ask for new recommendations for the newest version.",
  );
}

export function ticketRefused(): FunctionError {
  return new FunctionError(
    401,
    "ticket_refused",
    "This ticket was used, has expired or was never issued.",
    "The database's schedule comes again with a new one, each minute in which a job is due.",
  );
}
