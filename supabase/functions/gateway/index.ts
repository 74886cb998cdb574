/** The function `gateway`: an OpenAI-compatible endpoint. This file only wires; see _shared/server/gateway. */
import { connectGateway } from "../_shared/server/db/connect.ts";
import { findWaitUntil } from "../_shared/server/env/wait-until.ts";
import { createGateway } from "../_shared/server/gateway/gateway.ts";
import { handleRequest } from "../_shared/server/gateway/handle-request.ts";
import { resolveBoth } from "../_shared/server/upstream/guard.ts";

const env = (name: string) => Deno.env.get(name);
const resolveHost = resolveBoth((name, type) => Deno.resolveDns(name, type));
const gateway = createGateway(env, connectGateway(env), findWaitUntil(), resolveHost);

Deno.serve((request) => handleRequest(gateway, request));
