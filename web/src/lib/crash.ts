import { AppError } from "./errors.ts";

// What Chromium, Firefox, Safari (two ways) and Vite's preloading of styles say of a file that did not come.
const missingCode =
  /dynamically imported module|importing a module script failed|not a valid javascript mime type|unable to preload css/i;

/** Whether a page's own file could not be loaded, as after a deployment that replaced the files of an open page. */
export function isMissingCode(reason: unknown): boolean {
  return reason instanceof Error && missingCode.test(reason.message);
}

/** What a person is told of an exception in a page. Its own words are for the console, where React writes them. */
export function describeCrash(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  if (isMissingCode(reason)) {
    return new AppError("page_not_loaded", "This page could not be loaded.", {
      remedy:
        "A new version of the dashboard was probably put in place since you opened it. Load it; if that does not help, check your connection.",
    });
  }
  return new AppError("unexpected", "This page broke over something unexpected.", {
    remedy:
      "Try again. If it happens again, reload the page, and report what you did and what the console says.",
  });
}
