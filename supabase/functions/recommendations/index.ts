/** The function `recommendations`. This file only wires; handle-request.ts has the routes. */
import { connectGateway } from "../_shared/server/db/connect.ts";
import { gatewayDatabase } from "../_shared/server/db/gateway-database.ts";
import { findWaitUntil } from "../_shared/server/env/wait-until.ts";
import { resolveBoth } from "../_shared/server/upstream/guard.ts";
import { connectionOpener } from "../_shared/server/upstream/open-connection.ts";
import { createHandler } from "./handle-request.ts";
import { createProviders } from "./providers.ts";
import { createStore } from "./store.ts";

const env = (name: string): string | undefined => Deno.env.get(name);
const openConnection = connectionOpener(
  env,
  resolveBoth((name, type) => Deno.resolveDns(name, type)),
);
const providers = createProviders(env, gatewayDatabase(env, connectGateway(env)), openConnection);

Deno.serve(createHandler({ env, store: createStore(env), providers, waitUntil: findWaitUntil() }));
