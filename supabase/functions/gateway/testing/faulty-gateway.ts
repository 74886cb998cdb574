import { afterAll, beforeAll, expect } from "vitest";
import { eventually } from "../../../../tests/support/eventually.ts";
import type { TestStack } from "../../../../tests/support/stack.ts";
import { type BreakableLink, breakableLink } from "./breakable-link.ts";
import { gatewayDatabaseUrl, type OwnGateway, startOwnGateway } from "./own-gateway.ts";
import { postgresLog } from "./postgres-log.ts";
import { makeTeam, marker as newMarker, type Team } from "./team.ts";

/** A gateway to which something happens, and a team whose template says "Hello." that asks it all the same. */
export interface FaultyGateway {
  readonly team: Team;
  /** Its way to the database. */
  readonly link: BreakableLink;
  readonly gateway: OwnGateway;
  /** A text that is in no other request, and that must not be printed by anybody. */
  marker(): string;
  /** Asks the provider for what a model that behaves like this says to the text. */
  ask(behaviour: object, text: string, stream?: boolean): Promise<Response>;
  /**
   * Log and ledger, once the request is written, agree with the provider: served once, logged once, charged once.
   * Answers the log's row.
   */
  settled(response: Response, text: string): Promise<Record<string, unknown>>;
  /** Neither the gateway's output nor the log of Postgres names a text, a key or a secret. */
  expectDiscretion(): Promise<void>;
}

/** Starts before the tests of a file and ends after them; what it holds is there once they run. */
export function useFaultyGateway(stack: TestStack, environment: Record<string, string> = {}): FaultyGateway {
  let team: Team;
  let link: BreakableLink;
  let gateway: OwnGateway;
  const markers: string[] = [];
  beforeAll(async () => {
    team = await makeTeam(stack, "Hello.");
    link = await breakableLink(Number(new URL(stack.dbUrl).port));
    gateway = await startOwnGateway(stack, {
      NEMO_GATEWAY_DB_URL: gatewayDatabaseUrl(stack, link.port),
      ...environment,
    });
  });
  afterAll(async () => {
    await gateway?.process.stop();
    link?.close();
  });
  return {
    get team() {
      return team;
    },
    get link() {
      return link;
    },
    get gateway() {
      return gateway;
    },
    marker: () => {
      const text = newMarker();
      markers.push(text);
      return text;
    },
    ask: (behaviour, text, stream = false) =>
      gateway.post(team.key, "/chat/completions", {
        model: stack.provider.modelThat(behaviour),
        messages: userSays(text),
        stream,
      }),
    settled: async (response, text) => {
      const id = idOf(response);
      const row = await team.logged(id);
      const charges =
        await team.sql`select -amount_nanousd as cost from nemo.credit_ledger where request_id = ${id}`;
      expect(charges.map(({ cost }) => cost)).toEqual(row.cost_nanousd === "0" ? [] : [row.cost_nanousd]);
      expect(await stack.provider.requests(text)).toHaveLength(1);
      await eventually(async () =>
        expect(await team.sql`select 1 from nemo_private.in_flight where request_id = ${id}`).toHaveLength(0),
      );
      return row;
    },
    expectDiscretion: async () => {
      const printed = `${gateway.lines.join("\n")}\n${await postgresLog(team.sql)}`;
      expect(markers).not.toEqual([]);
      for (const secret of [...markers, team.key, new URL(stack.dbUrl).password])
        expect(printed).not.toContain(secret);
    },
  };
}

export const userSays = (content: string) => [{ role: "user", content }];
export const idOf = (response: Response) => response.headers.get("x-nemo-request-id") as string;
