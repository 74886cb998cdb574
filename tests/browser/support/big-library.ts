import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { makeTeam, type Team } from "../../../supabase/functions/gateway/testing/team.ts";
import { useStack } from "../../support/stack.ts";
import { caughtUp, record } from "./asked.ts";
import { openBrowser, type TestPage } from "./browser.ts";

/** Enough for reading all of them to be noticed. */
const TEMPLATES = 1_500;

/** The templates that are listed. */
export const rows = (page: Page) =>
  page.getByRole("list", { name: "Templates", exact: true }).getByRole("listitem");

/** An organization of many templates for the file, and what others do in it while its library is open. */
export function openBigLibrary() {
  const stack = useStack();
  const browser = openBrowser();
  let team: Team;
  let visitor: TestPage | undefined;

  beforeAll(async () => {
    team = await makeTeam(stack, "Be brief.", { name: "support-agent", config: { model: "fake-gpt" } });
    await team.sql`
      insert into nemo.prompt_templates (organization_id, name, description, tags, updated_at)
      select ${team.person.organizationId}, 'agent-' || n, repeat('What it is for. ', 5), '{one,two}',
             now() - n * interval '1 minute'
      from generate_series(1, ${TEMPLATES}) n`;
  });
  // What other stories did a moment ago was not missed.
  beforeEach(async () => {
    await team.sql`delete from realtime.messages where topic = ${`org:${team.person.organizationId}`}`;
  });
  afterEach(() => visitor?.context.close());
  afterAll(() => team?.sql.end());

  return {
    team: () => team,
    org: () => team.person.organizationId,
    /** A page that is nowhere yet. */
    async visit(): Promise<Page> {
      visitor = await browser.visitAs(team.person);
      return visitor.page;
    },
    /** Opens the library there; `heard` is when nothing that was done before is missed any more. */
    async open(page: Page) {
      const heard = caughtUp(page);
      const asked = record(page);
      await page.goto(`/o/${team.person.organizationId}/library`);
      await rows(page).first().waitFor();
      return { asked, heard };
    },
    rpc: async (name: string, args: object) =>
      // biome-ignore lint/suspicious/noExplicitAny: each function answers a row of its own
      (await team.person.client.rpc(name, { ...args }).throwOnError()).data as any,
    broadcast: (event: string, payload: object = {}) =>
      team.sql`select nemo_private.broadcast(${team.person.organizationId}, ${event}, ${team.sql.json(payload as never)})`,
  };
}
