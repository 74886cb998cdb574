import { describe, expect, test } from "vitest";
import type { Template } from "../../lib/queries/get-templates.ts";
import { progressOf } from "./progress.ts";

const template = (name: string, latest: number, active: number | null) =>
  ({ id: `tpl_${name}`, name, latest_version: latest, active_version: active }) as Template;

describe("the way to the first answered request", () => {
  test("begins with writing a template", () => {
    const progress = progressOf({ templates: [], hasKey: false, hasRequest: false });
    expect(progress.next).toBe("write");
    expect(progress.template).toBeUndefined();
  });

  test("a template without a version is not written yet, but is the one to go on with", () => {
    const progress = progressOf({ templates: [template("a", 0, null)], hasKey: false, hasRequest: false });
    expect(progress.next).toBe("write");
    expect(progress.template?.name).toBe("a");
  });

  test("goes on with the template that is furthest", () => {
    const templates = [template("empty", 0, null), template("saved", 2, null)];
    const saved = progressOf({ templates, hasKey: false, hasRequest: false });
    expect([saved.next, saved.template?.name]).toEqual(["activate", "saved"]);
    const served = progressOf({
      templates: [...templates, template("served", 1, 1)],
      hasKey: false,
      hasRequest: false,
    });
    expect([served.next, served.template?.name]).toEqual(["key", "served"]);
  });

  test("a key made early is a step done, not a step skipped to", () => {
    const progress = progressOf({ templates: [], hasKey: true, hasRequest: false });
    expect(progress.next).toBe("write");
    expect(progress.done.key).toBe(true);
  });

  test("is over with the first request, though its template and key may be gone", () => {
    const progress = progressOf({ templates: [], hasKey: false, hasRequest: true });
    expect(progress.next).toBeUndefined();
    expect(Object.values(progress.done)).toEqual([true, true, true, true]);
  });
});
