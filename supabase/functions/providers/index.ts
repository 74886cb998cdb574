/** The function `providers`: an organization's own providers. This file only wires; handle-request.ts has the routes. */
import { connectGateway } from "../_shared/server/db/connect.ts";
import { gatewayDatabase } from "../_shared/server/db/gateway-database.ts";
import { createAccess } from "../_shared/server/functions/supabase-access.ts";
import { keyRing } from "../_shared/server/secrets/key-ring.ts";
import { guardFromEnvironment, resolveBoth } from "../_shared/server/upstream/guard.ts";
import { connectionOpener } from "../_shared/server/upstream/open-connection.ts";
import { createProvidersHandler } from "./handle-request.ts";

const env = (name: string) => Deno.env.get(name);
const resolveHost = resolveBoth((name, type) => Deno.resolveDns(name, type));

Deno.serve(
  createProvidersHandler({
    access: createAccess(env),
    database: gatewayDatabase(env, connectGateway(env)),
    ring: keyRing(env),
    guard: guardFromEnvironment(env, resolveHost),
    openConnection: connectionOpener(env, resolveHost),
  }),
);
