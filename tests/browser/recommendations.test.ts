import { expect, test } from "vitest";
import { type Person, useStack } from "../support/stack.ts";
import { expectAccessible } from "./support/accessibility.ts";
import { openBrowser } from "./support/browser.ts";
import { said } from "./support/said.ts";

const stack = useStack();
const browser = openBrowser();

const prompt = [
  "You are the support agent of a book shop.",
  "Please note that prices are in euros.",
  "The answer should be written in English.",
  "Cite the order. Please cite the order.",
  "Customer: {{ name }}",
].join("\n");

/** Each story has an organization of its own, so that it can be told again from the beginning. */
async function bookShop(): Promise<{ owner: Person; templateId: string }> {
  const owner = await stack.signUp();
  const made = await owner.client
    .rpc("create_template", { organization_id: owner.organizationId, name: "book-shop" })
    .single<{ id: string }>();
  if (made.error) throw made.error;
  const templateId = made.data.id;
  const saved = await owner.client.rpc("save_version", {
    template_id: templateId,
    messages: [{ role: "system", content: prompt }],
    config: { model: "gpt-4o-mini" },
  });
  if (saved.error) throw saved.error;
  return { owner, templateId };
}

test("somebody asks, reads why and what it may bring, accepts, carries the rest over and edits", async () => {
  const { owner, templateId } = await bookShop();
  const { page, goto, screenshot, complaints } = await browser.visitAs(owner);
  await goto(`/o/${owner.organizationId}/templates/${templateId}/recommendations`);
  await page.getByText("Nothing open").waitFor();
  await page.getByRole("button", { name: "Ask for recommendations" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: /fewer tokens/ }).check();
  await dialog.getByText("Only the fake provider is configured").waitFor();
  await dialog.getByRole("checkbox", { name: /fewer tokens/ }).uncheck();
  await dialog.getByRole("button", { name: "Ask, free of charge" }).click();

  await page.getByRole("link", { name: /Say the same in fewer tokens/ }).click();
  const article = page.getByRole("article", { name: /Say the same in fewer tokens/ });
  await article.getByRole("region", { name: "Predicted effect" }).getByText("estimate").waitFor();
  await article.getByText(/Counted with o200k_base/).waitFor();
  await article.getByText("n = 0: findings were counted").waitFor();
  const marks = article.getByRole("list", { name: "Places" }).locator("mark");
  await expect.poll(() => marks.count()).toBeGreaterThan(2);
  await article.getByRole("region", { name: /Changes in Message 1/ }).waitFor();
  await screenshot("recommendation");
  await expectAccessible(page);

  await said(page, "Requests get it once it is activated.", () =>
    article.getByRole("button", { name: "Accept as v2" }).click(),
  );
  await article.getByText("accepted", { exact: true }).waitFor();
  const { data: version } = await owner.client
    .from("prompt_versions")
    .select("messages")
    .eq("template_id", templateId)
    .eq("version", 2)
    .single();
  expect(version!.messages[0].content).toContain("Prices are in euros.\nWrite the answer in English.");
  const { data: template } = await owner.client
    .from("prompt_templates")
    .select("active_version")
    .eq("id", templateId)
    .single();
  expect(template!.active_version).toBeNull();

  // What was made for v1 waits as superseded; what no longer fits stays there.
  await page.getByRole("link", { name: "Superseded" }).click();
  await said(page, /\d of \d carried over to v2/, () =>
    page.getByRole("button", { name: "Carry them over to v2" }).click(),
  );

  await page.getByRole("link", { name: "Open", exact: true }).click();
  await page.getByRole("button", { name: "Ask for recommendations" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ask, free of charge" }).click();
  await page
    .getByRole("link", { name: /Say what to do when there is no answer|Bound the length/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Edit the text" }).click();
  const text = page.getByRole("textbox", { name: "Message 1, system" });
  await text.fill(`${await text.inputValue()}\nAnswer in at most 60 words.`);
  await page.getByRole("button", { name: "Save as v3" }).click();
  await page.getByText("edited", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Predicted and measured" }).click();
  const outcomes = page.getByRole("table", { name: "Predicted and measured" }).getByRole("row");
  await outcomes.getByText("never tested").first().waitFor();
  await screenshot("recommendation-edited");
  // Rewrites that no longer fit v2 are refused with 409, which a browser writes into its console.
  expect(complaints.filter((one) => !one.includes("409"))).toEqual([]);
});

test("a dismissal keeps its reason, and a viewer reads without being offered a decision", async () => {
  const { owner, templateId } = await bookShop();
  const asked = await owner.client.rpc("request_recommendations", { template_id: templateId });
  if (asked.error) throw asked.error;
  const worked = await owner.client.functions.invoke("recommendations/run", {
    body: { job_id: asked.data.id },
  });
  if (worked.error) throw worked.error;
  const { page, goto } = await browser.visitAs(owner, { theme: "dark", size: "phone" });
  await goto(`/o/${owner.organizationId}/recommendations`);
  await page.getByRole("region", { name: "book-shop v1" }).getByRole("link").first().click();
  const title = await page.getByRole("article").getByRole("heading", { level: 2 }).textContent();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("The tone is ours.");
  await page.getByRole("dialog").getByRole("button", { name: "Dismiss" }).click();
  await page.getByText("“The tone is ours.”").waitFor();
  const { data } = await owner.client
    .from("prompt_recommendations")
    .select("title, decision_note")
    .eq("state", "dismissed")
    .single();
  expect(data).toEqual({ title, decision_note: "The tone is ours." });

  const viewer = await stack.signUp();
  const invited = await owner.client
    .rpc("invite_member", { organization_id: owner.organizationId, email: viewer.email, role: "viewer" })
    .single<{ token: string }>();
  if (invited.error) throw invited.error;
  await viewer.client.rpc("accept_invitation", { token: invited.data.token });
  const guest = await browser.visitAs(viewer);
  await guest.goto(`/o/${owner.organizationId}/recommendations`);
  await guest.page.getByRole("article").waitFor();
  for (const name of ["Dismiss", "Edit first", "Edit the text", "Ask for recommendations"])
    expect(await guest.page.getByRole("button", { name }).count(), name).toBe(0);
  await guest.goto(`/o/${owner.organizationId}/recommendations?view=outcomes`);
  await guest.page.getByText("Nothing accepted yet").waitFor();
  await expectAccessible(guest.page);
});
