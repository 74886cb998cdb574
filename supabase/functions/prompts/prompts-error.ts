import { FunctionError } from "../_shared/server/functions/function-error.ts";

export function versionNotFound(): FunctionError {
  return new FunctionError(
    404,
    "version_not_found",
    "There is no such version in your organizations.",
    "Check the template's id and the version's number.",
  );
}
