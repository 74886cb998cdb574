import { expect, test } from "vitest";
import { useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";
import { said } from "./support/said.ts";

const stack = useStack();
const browser = openBrowser();

const confirm = async ({ page }: TestPage, opens: string, does: string) => {
  await page.getByRole("button", { name: opens }).click();
  await page.getByRole("dialog").getByRole("button", { name: does, exact: true }).click();
};

test("an admin makes a key with limits, and the list says what it is held to", async () => {
  const owner = await stack.signUp();
  const visitor = await browser.visitAs(owner);
  const { page, goto, complaints } = visitor;
  await goto(`/o/${owner.organizationId}/settings/keys`);
  await page.getByRole("button", { name: "New key" }).first().click();
  await page.getByLabel("Name").fill("night job");
  await page.getByText("Limits", { exact: true }).click();
  await page.getByLabel("Monthly budget, in dollars").fill("lots");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByText("Write dollars, such as 20 or 0.50").waitFor();
  await page.getByLabel("Monthly budget, in dollars").fill("12.5");
  await page.getByLabel("Requests per minute").fill("60");
  await page.getByLabel("Requests at once").fill("4");
  await page.getByRole("combobox", { name: "Expires" }).click();
  await page.getByRole("option", { name: "In 30 days" }).click();
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByRole("button", { name: "I have kept it" }).click();
  const row = page.getByRole("table", { name: "Keys" }).getByRole("row").nth(1);
  for (const said of ["night job", "$0.00 of $12.50", "60 / min", "4 at once", "in 4 weeks"])
    await row.getByText(said).first().waitFor();
  const { data } = await owner.client.from("api_keys").select("monthly_budget_nanousd").single();
  expect(data?.monthly_budget_nanousd).toBe(12_500_000_000);
  expect(complaints).toEqual([]);
  await visitor.context.close();
});

test("less is kept, what was kept before is removed with a receipt, and the last owner is told why they stay", async () => {
  const owner = await stack.signUp();
  const visitor = await browser.visitAs(owner);
  const { page, goto } = visitor;
  await goto(`/o/${owner.organizationId}/settings/organization`);
  await page.getByRole("combobox", { name: "Keep of each request" }).click();
  await page.getByRole("option", { name: "Nothing" }).click();
  await page.getByText("From the moment this is saved less is kept").waitFor();
  await page.getByRole("button", { name: "Save what is kept" }).click();
  await confirm(visitor, "Remove all requests…", "Remove all requests");
  await page.getByText("0 requests and 0 entries of feedback are gone").waitFor();
  await page.getByRole("link", { name: /^entry \d+ of the audit log$/ }).waitFor();
  await confirm(visitor, "Leave this organization", `Leave ${await nameOf(owner)}`);
  await page.getByRole("dialog").getByText("NM030").waitFor();
  const { data } = await owner.client.from("organizations").select("data_policy").throwOnError();
  expect(data).toEqual([{ data_policy: "none" }]);
  await visitor.context.close();
});

test("one browser signs out all the others, then itself", async () => {
  const owner = await stack.signUp();
  const visitor = await browser.visitAs(owner);
  const { page, goto } = visitor;
  const other = stack.anonymous();
  await other.auth.signInWithPassword({ email: owner.email, password: owner.password });
  await goto(`/o/${owner.organizationId}/settings/account`);
  await said(page, "Every other browser is signed out", () =>
    page.getByRole("button", { name: "Sign out every other browser" }).click(),
  );
  expect((await other.auth.refreshSession()).error).not.toBeNull();
  await confirm(visitor, "Sign out everywhere…", "Sign out everywhere");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await visitor.context.close();
});

async function nameOf({ client, organizationId }: Awaited<ReturnType<typeof stack.signUp>>) {
  const { data } = await client.from("organizations").select("name").eq("id", organizationId).single();
  return data?.name as string;
}
