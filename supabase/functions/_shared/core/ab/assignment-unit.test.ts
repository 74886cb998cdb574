import { expect, test } from "vitest";
import { assignmentUnit } from "./assignment-unit.ts";

const requestId = "0190a6e3-0000-7000-8000-000000000000";

test("a test by subject hashes the subject, so a user keeps one variant", () => {
  expect(assignmentUnit("subject", { subject: "user-1", clientRequestId: "r-1", requestId })).toBe("user-1");
});

test("a test by subject falls back to the request when nobody is named", () => {
  expect(assignmentUnit("subject", { subject: "", clientRequestId: "r-1", requestId })).toBe("r-1");
  expect(assignmentUnit("subject", { subject: null, clientRequestId: null, requestId })).toBe(requestId);
});

test("a test by request ignores the subject and repeats with the client's request id", () => {
  expect(assignmentUnit("request", { subject: "user-1", clientRequestId: "r-1", requestId })).toBe("r-1");
  expect(assignmentUnit("request", { subject: "user-1", requestId })).toBe(requestId);
});
