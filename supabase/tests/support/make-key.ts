import { createHash } from "node:crypto";
import type { AbFixture } from "./ab-fixture.ts";

/** Makes a key of the fixture's organization, and answers the hash the gateway knows it by. */
export async function makeKey(fixture: AbFixture, name = "tests"): Promise<string> {
  const { key } = await fixture.call<{ key: string }>(
    (tx) => tx`select key from nemo.create_api_key(${fixture.organization}, ${name})`,
  );
  return createHash("sha256").update(key).digest("hex");
}
