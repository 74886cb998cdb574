import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Team } from "../../supabase/functions/gateway/testing/team.ts";
import { recordRequests } from "../support/record-requests.ts";
import { useStack } from "../support/stack.ts";
import { lively, startedTest, teamWithTwoVersions } from "./support/ab-stories.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { inviteAs } from "./support/invite.ts";

const stack = useStack();
const browser = openBrowser();
let team: Team;
let visitor: TestPage;
async function arrive() {
  team = await teamWithTwoVersions(stack);
  visitor = await browser.visitAs(team.person);
}
afterEach(() => visitor?.context.close());

const inTests = (path = "") => `/o/${team.person.organizationId}/tests${path}`;

test("traffic that is not split as the weights say blocks every conclusion", async () => {
  await arrive();
  const id = await startedTest(team, "Split gone wrong", { primary_metric: "latency" });
  await recordRequests(team, id, Array(400).fill({ variant: "A", version: 1 }));
  await visitor.goto(inTests(`/${id}`));
  await visitor.page.getByText("Traffic is not split as the weights say").first().waitFor();
  await visitor.page.getByRole("heading", { name: /^No conclusion/ }).waitFor();
  await visitor.screenshot("test-split-wrong");
  expect(visitor.complaints).toEqual([]);
});

test("a variant that a guardrail stops is told on the open page", async () => {
  await arrive();
  const id = await startedTest(team, "B fails", {
    guardrails: [{ metric: "error_rate", limit: 0.2, min_count: 20 }],
  });
  await visitor.goto(inTests(`/${id}`));
  await visitor.page.getByRole("heading", { level: 1, name: "B fails" }).waitFor();
  await recordRequests(team, id, Array(60).fill({ variant: "B", version: 2, status: 500 }));
  await visitor.page.getByText("A guardrail stopped B (v2)").waitFor();
  await visitor.page
    .getByText("Error rate 100 % over 60 requests; the guardrail is error rate above 20 %.")
    .waitFor();
  await visitor.page.getByText("paused").first().waitFor();
  // With one variant left the phase cannot go on.
  expect(await visitor.page.getByRole("button", { name: /^Resume/ }).count()).toBe(0);
  await visitor.screenshot("test-guardrail");
});

describe("a test with thousands of requests", () => {
  let id: string;
  beforeAll(async () => {
    team = await teamWithTwoVersions(stack);
    id = await startedTest(team, "Is B faster?", { primary_metric: "latency", planned_units: 2000 });
    await recordRequests(team, id, lively(2000));
  });

  test.each(["light", "dark"] as const)(
    "axe finds nothing on its page and its set-up in the %s theme",
    async (theme) => {
      const reader = await browser.visitAs(team.person, { theme });
      await reader.goto(inTests(`/${id}`));
      await reader.page.getByRole("heading", { name: /^B better by/ }).waitFor();
      await reader.page
        .getByRole("heading", { name: "How has the difference in latency settled?" })
        .waitFor();
      await reader.screenshot("test-running");
      await expectAccessible(reader.page);
      await reader.goto(inTests(`/new?template=${team.templateId}`));
      await reader.page.getByLabel("Name").waitFor();
      await expectAccessible(reader.page);
      await reader.goto(inTests());
      await reader.page.getByText(/B better by/).waitFor();
      await reader.screenshot("tests");
      await expectAccessible(reader.page);
      await reader.context.close();
    },
  );

  test("fits a phone", async () => {
    const reader = await browser.visitAs(team.person, { size: "phone" });
    for (const [path, shows] of [
      [`/${id}`, reader.page.getByRole("heading", { name: /^B better by/ })],
      [`/new?template=${team.templateId}`, reader.page.getByText("No answer was rated")],
      ["", reader.page.getByText(/B better by/)],
    ] as const) {
      await reader.goto(inTests(path));
      await shows.waitFor();
      await reader.page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
      await reader.screenshot(`test-${path.slice(1, 4) || "list"}`);
      const overflow = () => reader.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(overflow, { message: path }).toBeLessThanOrEqual(0);
    }
    await reader.context.close();
  });

  test("is read by a viewer, who is offered no step", async () => {
    const viewer = await browser.visitAs(await inviteAs(stack, team.person, "viewer"));
    const org = team.person.organizationId;
    await viewer.goto(`/o/${org}/tests/${id}`);
    await viewer.page.getByRole("heading", { name: /^B better by/ }).waitFor();
    for (const name of ["Pause", "Stop", "Promote", "Change weights"]) {
      expect(await viewer.page.getByRole("button", { name, exact: true }).count(), name).toBe(0);
    }
    await viewer.goto(`/o/${org}/tests`);
    await viewer.page.getByRole("list", { name: "Tests" }).waitFor();
    expect(await viewer.page.getByRole("link", { name: "New test" }).count()).toBe(0);
    await viewer.goto(`/o/${org}/tests/new`);
    await viewer.page.getByText("Setting up tests is not open to your role").waitFor();
    await viewer.context.close();
  });
});
