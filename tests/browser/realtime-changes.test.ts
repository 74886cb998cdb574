import { expect, test } from "vitest";
import { openBigLibrary, rows } from "./support/big-library.ts";

/* What a page that listens reads again, and how often. */
const library = openBigLibrary();
/** The longest that anything is gathered before it is read again is three seconds. */
const LONGER_THAN_GATHERED = 3_500;

test("a template that changes costs its own row and not the library; what is deleted leaves, what is restored returns", async () => {
  const page = await library.visit();
  const { asked, heard } = await library.open(page);
  await heard;
  await asked.quietFor(1_000);
  const whole = asked.matching(/^prompt_templates\?/);
  const bytes = async (of: typeof whole) => {
    const sizes = await Promise.all(of.map(({ request }) => request.sizes()));
    return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  };
  const before = await bytes(whole);
  asked.forget();

  const [{ id }] = await library.team().sql<[{ id: string }]>`
    select id from nemo.prompt_templates where organization_id = ${library.org()} and name = 'agent-1400'`;
  await library.rpc("update_template", { template_id: id, description: "Said by somebody else" });
  await rows(page).first().getByText("Said by somebody else").waitFor();
  await library.rpc("delete_template", { template_id: id });
  await rows(page).getByText("Said by somebody else").waitFor({ state: "detached" });
  await library.rpc("restore_template", { template_id: id });
  await rows(page).first().getByText("agent-1400").waitFor();
  const changes = asked.matching(/^prompt_templates\?/);
  expect(changes.every(({ what }) => what.includes(id))).toBe(true);
  expect(changes).toHaveLength(3);
  const after = await bytes(changes);
  console.info(`library ${before} bytes, three changes ${after} bytes`);
  expect(after).toBeLessThan(before / 50);
});

test("two hundred events in a second are a few readings, and none while the page is not seen", async () => {
  const page = await library.visit();
  let heardFrames = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (/template\.changed|log\.written/.test(String(payload))) heardFrames += 1;
    });
  });
  const { asked, heard } = await library.open(page);
  await heard;
  await asked.quietFor(1_000);
  const templates = await library.team().sql<{ id: string }[]>`
    select id from nemo.prompt_templates where organization_id = ${library.org()} order by name limit 90`;
  const storm = async () => {
    for (const { id } of templates) await library.broadcast("template.changed", { template_id: id });
    for (let i = 0; i < 110; i++) await library.broadcast("log.written");
  };
  asked.forget();
  const began = Date.now();
  await storm();
  const named = (pattern: RegExp) => asked.matching(pattern).length;
  await expect.poll(() => named(/^rpc\/library_totals/)).toBeGreaterThan(0);
  await page.waitForTimeout(500);
  const seconds = (Date.now() - began) / 1000;
  expect(named(/^prompt_templates\?/)).toBeGreaterThan(0);
  expect(named(/^prompt_templates\?/)).toBeLessThanOrEqual(Math.ceil(seconds * 3));
  expect(named(/^rpc\/library_totals/)).toBeLessThanOrEqual(Math.ceil(seconds));
  expect(named(/offset=/)).toBe(0);

  const see = (state: "hidden" | "visible") =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
  await expect.poll(() => heardFrames).toBe(200);
  await asked.quietFor(LONGER_THAN_GATHERED);
  await see("hidden");
  asked.forget();
  await storm();
  await library.rpc("update_template", { template_id: templates[0]!.id, description: "Unseen" });
  await expect.poll(() => heardFrames).toBeGreaterThan(400);
  await page.waitForTimeout(LONGER_THAN_GATHERED);
  expect(asked.names()).toEqual([]);
  await see("visible");
  await rows(page).first().getByText("Unseen").waitFor();
  expect(named(/offset=/)).toBe(0);
});
