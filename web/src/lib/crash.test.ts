import { expect, test } from "vitest";
import { describeCrash, isMissingCode } from "./crash.ts";
import { AppError } from "./errors.ts";

test.each([
  "Failed to fetch dynamically imported module: https://nemo.test/assets/logs-page-1.js",
  "error loading dynamically imported module: https://nemo.test/assets/logs-page-1.js",
  "Importing a module script failed.",
  "'text/html' is not a valid JavaScript MIME type.",
  "Unable to preload CSS for /assets/logs-page-1.css",
])("a file that is gone is told from a broken page, whichever browser says so: %s", (message) => {
  expect(isMissingCode(new TypeError(message))).toBe(true);
  expect(describeCrash(new TypeError(message)).code).toBe("page_not_loaded");
});

test("a connection that failed is no sign of a new version", () => {
  expect(isMissingCode(new TypeError("Failed to fetch"))).toBe(false);
});

test("an exception is told without its own words, with what to do", () => {
  const error = describeCrash(new TypeError("Cannot read properties of null (reading 'map')"));
  expect(error.code).toBe("unexpected");
  expect(error.message).not.toContain("null");
  expect(error.remedy).toContain("Try again");
});

test("what already is a sentence for people stays one", () => {
  const refusal = new AppError("NM003", "There is no such test.");
  expect(describeCrash(refusal)).toBe(refusal);
});
