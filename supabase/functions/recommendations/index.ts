/** The function `recommendations`. This file only wires; handle-request.ts has the routes. */
import { findWaitUntil } from "../_shared/server/env/wait-until.ts";
import { createHandler } from "./handle-request.ts";
import { createStore } from "./store.ts";

const env = (name: string): string | undefined => Deno.env.get(name);

Deno.serve(createHandler({ env, store: createStore(env), waitUntil: findWaitUntil() }));
