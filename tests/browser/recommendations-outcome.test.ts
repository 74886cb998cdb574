import { beforeEach, expect, test } from "vitest";
import { makeTeam, type Team } from "../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { said } from "./support/said.ts";

/* What becomes of a recommendation: tried as B and measured, carried over, edited before it is accepted. */
const stack = useStack();
const browser = openBrowser();
const PROMPT = "You are a clerk of a book shop.\n\nThe answer should be written in English.\n\nBe friendly.";
const REWRITE = /Say who acts/;

let team: Team;
let visitor: TestPage;
beforeEach(async () => {
  team = await makeTeam(stack, PROMPT);
  const asked = await team.person.client.rpc("request_recommendations", { template_id: team.templateId });
  if (asked.error) throw asked.error;
  const body = { job_id: asked.data.id };
  const worked = await team.person.client.functions.invoke("recommendations/run", { body });
  if (worked.error) throw worked.error;
  visitor = await browser.visitAs(team.person);
});

const openInbox = async (query = "") => {
  await visitor.goto(`/o/${team.person.organizationId}/templates/${team.templateId}/recommendations${query}`);
};
const openRewrite = async (query = "") => {
  await openInbox(query);
  await visitor.page.getByRole("link", { name: REWRITE }).click();
  const article = visitor.page.getByRole("article", { name: REWRITE });
  await article.waitFor();
  return article;
};

/** Presses a button, and the button in the dialog that asks whether it is meant. */
const confirmed = async (name: RegExp) => {
  await visitor.page.getByRole("button", { name }).first().click();
  const yes = visitor.page.getByRole("dialog").getByRole("button", { name });
  await yes.click();
  await yes.waitFor({ state: "detached" });
};

/** Sends requests until both variants have answered some. */
async function serveBoth(): Promise<void> {
  const served: Record<string, number> = { A: 0, B: 0 };
  for (let sent = 0; sent < 40 && Math.min(served.A!, served.B!) < 3; sent++) {
    const response = await team.post("/chat/completions", {
      model: `nemo/${team.name}`,
      messages: [{ role: "user", content: "Where is my book?" }],
    });
    await response.arrayBuffer();
    await team.logged(response.headers.get("x-nemo-request-id") as string);
    served[response.headers.get("x-nemo-variant") as string]!++;
  }
  expect(Math.min(served.A!, served.B!)).toBeGreaterThanOrEqual(3);
}

test("a rewrite is tried as B of a draft; after its test what was measured stands beside what was predicted", async () => {
  const { page, screenshot, complaints } = visitor;
  const article = await openRewrite();
  await article.getByRole("button", { name: "Try v2 as B" }).click();
  await page.getByRole("heading", { level: 1, name: /^Recommendation: Say who acts/ }).waitFor();
  await page.getByText("draft").first().waitFor();
  const { data: template } = await team.person.client
    .from("prompt_templates")
    .select("active_version")
    .eq("id", team.templateId)
    .single();
  expect(template, "the new version is served to nobody").toEqual({ active_version: 1 });

  await confirmed(/^Start test/);
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  await serveBoth();
  await openInbox("?view=outcomes");
  await page.getByRole("link", { name: "test not completed" }).click();
  await confirmed(/^Stop/);
  await page.getByText("completed", { exact: true }).first().waitFor();

  await openInbox("?view=outcomes");
  const row = page.getByRole("table", { name: "Predicted and measured" }).getByRole("row").nth(1);
  await row.getByText(/−\d.* % input tokens/).waitFor();
  await row.getByText(/rubric points, n = 0/).waitFor();
  await row.getByText(/^Latency: .*n = \d+ \/ \d+/).waitFor();
  await row.getByText(/Fewer than 30 requests of a variant/).waitFor();
  await screenshot("recommendation-outcomes");
  await expectAccessible(page);
  await openInbox("?view=decided");
  await page.getByRole("link", { name: REWRITE }).click();
  await page.getByRole("table", { name: "Measured by the A/B test" }).waitFor();
  await page.getByRole("region", { name: "Predicted effect" }).waitFor();
  await screenshot("recommendation-measured");
  await visitor.resize("phone");
  await screenshot("recommendation-measured");
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test("a rewrite joins a test that is drafted already, and all its variants then share traffic evenly", async () => {
  const { page, complaints } = visitor;
  const { client } = team.person;
  const draft = (name: string, weights: number[]) =>
    client
      .rpc("create_ab_test", {
        template_id: team.templateId,
        name,
        variants: weights.map((weight) => ({ version: 1, weight })),
      })
      .single<{ id: string }>()
      .throwOnError();
  await draft("full house", Array(10).fill(1000));
  const { data: open } = await draft("tone of voice", [9000, 1000]);
  const article = await openRewrite();
  await article.getByRole("button", { name: "Try v2…" }).click();
  const full = page.getByRole("menuitem", { name: "In “full house” It has ten variants already." });
  await expect.poll(() => full.getAttribute("aria-disabled")).toBe("true");
  await page.getByRole("menuitem", { name: "As B of a new test" }).waitFor();
  await visitor.screenshot("recommendation-into-draft");
  await said(page, "It is variant C of “tone of voice”, whose variants now share traffic evenly.", () =>
    page
      .getByRole("menuitem", { name: /^As C of “tone of voice”.*3 variants then share traffic evenly/ })
      .click(),
  );
  await page.getByRole("heading", { level: 1, name: "tone of voice" }).waitFor();
  const { data: variants } = await client
    .from("ab_variants")
    .select("letter, version, weight")
    .eq("test_id", open.id)
    .order("letter");
  expect(variants).toEqual([
    { letter: "A", version: 1, weight: 3333 },
    { letter: "B", version: 1, weight: 3333 },
    { letter: "C", version: 2, weight: 3334 },
  ]);
  expect(complaints).toEqual([]);
});

test("a superseded rewrite is carried over to the newest version, edited there and saved", async () => {
  const { page, screenshot, complaints } = visitor;
  await team.save(`${PROMPT} Sign as “Books & Co”.`);
  const old = await openRewrite("?view=superseded");
  await old.getByText("Made for v1; v2 is the newest.").waitFor();
  expect(await old.getByRole("button", { name: /Accept/ }).count()).toBe(0);
  await said(page, "Carried over to v2", () =>
    old.getByRole("button", { name: "Carry over to v2", exact: true }).click(),
  );

  const carried = await openRewrite();
  await carried.getByRole("link", { name: `${team.name} v2` }).waitFor();
  await visitor.resize("phone");
  await screenshot("recommendation");
  await visitor.resize("laptop");
  await carried.getByRole("button", { name: "Edit first" }).click();
  const text = page.getByRole("textbox", { name: "Message 1, system" });
  await expect
    .poll(() => text.inputValue())
    .toContain("Write the answer in English.\n\nBe friendly. Sign as");
  await text.fill((await text.inputValue()).replace("Be friendly.", "Be kind."));
  await screenshot("recommendation-editing");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save as v3" }).click();
  await page.getByText("edited", { exact: true }).waitFor();
  const { data } = await team.person.client
    .from("prompt_versions")
    .select("messages")
    .eq("template_id", team.templateId)
    .eq("version", 3)
    .single();
  expect(data!.messages[0].content).toContain("Write the answer in English.\n\nBe kind. Sign as");
  const { data: decided } = await team.person.client
    .from("prompt_recommendations")
    .select("state, resulting_version, source_version")
    .eq("state", "edited");
  expect(decided).toEqual([{ state: "edited", resulting_version: 3, source_version: 2 }]);
  expect(complaints).toEqual([]);
});
