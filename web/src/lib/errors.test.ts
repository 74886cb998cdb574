import { FunctionsHttpError } from "@supabase/supabase-js";
import { expect, test } from "vitest";
import { AppError, toAppError, unwrap, unwrapFunction } from "./errors.ts";

test("a refusal of the database keeps its code, its sentence and what to do", () => {
  const error = toAppError({
    code: "NM010",
    message: "Version 4 is newer.",
    hint: "Load it first.",
    details: "4",
  });
  expect(error).toMatchObject({ code: "NM010", message: "Version 4 is newer.", remedy: "Load it first." });
  expect(error.details).toBe("4");
});

test("a missing grant is told in words about roles, not in Postgres's", () => {
  expect(toAppError({ code: "42501", message: "permission denied for table x" }).message).toBe(
    "Your role does not allow this.",
  );
});

test("no connection can be tried again; a refusal cannot", () => {
  expect(toAppError(new TypeError("Failed to fetch"))).toMatchObject({
    code: "unreachable",
    transient: true,
  });
  expect(toAppError({ code: "NM001", message: "No." }).transient).toBe(false);
});

test("unwrap gives the data or throws what a person can read", () => {
  expect(unwrap({ data: [1], error: null })).toEqual([1]);
  expect(() => unwrap({ data: null, error: { code: "NM001", message: "No." } })).toThrow(AppError);
});

test("an edge function's refusal is read from its body", async () => {
  const body = {
    error: { code: "lint_failed", message: "The template does not parse.", type: "invalid_request_error" },
  };
  const error = new FunctionsHttpError(Response.json(body, { status: 422 }));
  await expect(unwrapFunction({ data: null, error })).rejects.toMatchObject({
    code: "lint_failed",
    message: "The template does not parse.",
  });
});
