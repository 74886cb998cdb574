/** The function `gateway`: an OpenAI-compatible endpoint. This file only wires; see _shared/server/gateway. */
import { connectGateway } from "../_shared/server/db/connect.ts";
import { findWaitUntil } from "../_shared/server/env/wait-until.ts";
import { createGateway } from "../_shared/server/gateway/gateway.ts";
import { handleRequest } from "../_shared/server/gateway/handle-request.ts";

const env = (name: string) => Deno.env.get(name);
const gateway = createGateway(env, connectGateway(env), findWaitUntil());

Deno.serve((request) => handleRequest(gateway, request));
