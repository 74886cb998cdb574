import { afterEach, expect, test } from "vitest";
import { recordRequests, type Served } from "../support/record-requests.ts";
import { useStack } from "../support/stack.ts";
import { ask, teamWithTwoVersions } from "./support/ab-stories.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();
let visitor: TestPage;
afterEach(() => visitor?.context.close());

/** Requests of so many people over the last seconds, five of each; everybody has a usual latency, and those served B a shorter one. */
const people = (
  count: number,
  seconds: number,
  served: (who: number) => Pick<Served, "variant" | "version">,
): Served[] =>
  Array.from({ length: count * 5 }, (_, i) => {
    const who = i % count;
    const usual = 300 + ((who * 37) % 100);
    const { variant, version } = served(who);
    return {
      variant,
      version,
      subject: `person-${who}`,
      latency_ms: (variant === "B" ? 0.7 : 1) * (usual + ((i * 13) % 20)),
      secondsAgo: Math.round(seconds - (seconds * i) / (count * 5)),
    };
  });

test("a test by user is planned in users, keeps each one's variant, and is judged by users, live and over time", async () => {
  const team = await teamWithTwoVersions(stack);
  await recordRequests(
    team,
    null,
    people(300, 3000, () => ({ variant: null, version: 1 })),
  );
  visitor = await browser.visitAs(team.person);
  const { page, goto, screenshot } = visitor;
  await goto(`/o/${team.person.organizationId}/tests/new?template=${team.templateId}`);
  await page.getByLabel("Name").fill("Do people get answers faster?");
  await page.getByLabel("Decided by").click();
  await page.getByRole("option", { name: /^Latency/ }).click();
  const plan = page.getByRole("complementary", { name: "What it takes" });
  const needed = async (unit: string) => {
    const text = await plan.getByText(new RegExp(`^about [\\d,]+ ${unit},`)).textContent();
    return Number(/[\d,]+/.exec(text ?? "")?.[0].replaceAll(",", ""));
  };
  const requests = await needed("requests");
  await page.getByLabel("Each user or session").click();
  // Five requests of one person, nearly alike, are hardly more than one: as many people as requests, about.
  const users = await needed("users or sessions");
  expect(users / requests).toBeGreaterThan(0.8);
  expect(users / requests).toBeLessThan(1.1);
  await plan.getByText(/300 came within a day, nobody new since/).waitFor();
  await screenshot("test-set-up-by-user");
  await page.getByRole("button", { name: "Start test: 50 / 50" }).click();

  await page.getByRole("heading", { level: 1, name: "Do people get answers faster?" }).waitFor();
  const served = new Set<string | null>();
  for (let i = 0; i < 4; i++) served.add((await ask(team, { nemo_prompt_subject: "someone" })).variant);
  expect(served.size).toBe(1);
  await page.getByLabel("User or session").fill("someone");
  await page.getByText(/^place \d+ of 10,000$/).waitFor();
  expect(await page.locator("p", { hasText: "of 10,000" }).textContent()).toContain([...served][0]);

  const testId = page.url().split("/").at(-1) ?? "";
  await recordRequests(
    team,
    testId,
    people(300, 50, (who) => (who % 2 ? { variant: "B", version: 2 } : { variant: "A", version: 1 })),
  );
  await page.getByRole("heading", { name: /^B better by 2\d\.\d % – 3\d\.\d %$/ }).waitFor();
  await page.getByText(/^On latency, after 301 of about [\d,]+ users or sessions\./).waitFor();
  await page.getByRole("heading", { name: "How has the difference in latency settled?" }).waitFor();
  await page.locator(".recharts-area").first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await screenshot("test-by-user");
  await expectAccessible(page);
  expect(visitor.complaints).toEqual([]);
});
