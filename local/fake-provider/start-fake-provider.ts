import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fail, failsAtOnce, sendJson } from "./answers.ts";
import { type Behaviour, behaviourOfModel, readBehaviour, USUAL } from "./behaviour.ts";
import { answerText, type ChatRequest, completion, idOf, MODELS } from "./completion.ts";
import { type EmbeddingsRequest, embeddings, modelNamed } from "./other-endpoints.ts";
import { type ResponsesRequest, responseEvents, responseObject } from "./responses.ts";
import { chunksOf, NAMED_EVENTS, writeStream } from "./stream.ts";

/** One request as it arrived. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  /** Byte for byte; `body_base64` says the same for bodies that are not UTF-8. */
  readonly body: string;
  readonly body_base64: string;
  /** True once the caller closed the connection before the answer was complete. */
  aborted: boolean;
}

export interface FakeProvider {
  /** Base URL for an OpenAI client: ends in `/v1`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Recorded requests beyond this are forgotten, the oldest first: a load test must not fill the memory. */
const KEPT = 2_000;

interface State {
  behaviour: Behaviour;
  readonly requests: RecordedRequest[];
}

/** Starts an OpenAI-compatible provider that asks no model. Its README lists what it can be told to do. */
export async function startFakeProvider(port = 0): Promise<FakeProvider> {
  const state: State = { behaviour: USUAL, requests: [] };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: Error) => {
      if (!response.headersSent) fail(response, 400, "invalid_request_error", error.message);
      else response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://provider");
  const body = await bytesOf(request);
  if (path.startsWith("/__"))
    return sendJson(
      response,
      200,
      control(state, `${request.method} ${path}`, body, searchParams.get("containing")),
    );
  record(state, request, response, body);
  const parsed = parse(body);
  const behaviour = { ...state.behaviour, ...behaviourOfModel(parsed?.model), ...behaviourOfHeader(request) };
  if (behaviour.latencyMs > 0) await delay(behaviour.latencyMs);
  if (failsAtOnce(behaviour, request, response)) return;
  const route = `${request.method} ${path.replace(/^\/v1/, "")}`;
  if (route === "GET /models")
    return sendJson(response, 200, { object: "list", data: MODELS.map(modelNamed) });
  if (route.startsWith("GET /models/"))
    return sendJson(response, 200, modelNamed(path.split("/").at(-1) as string));
  if (!parsed) return fail(response, 400, "invalid_request_error", "The body is not a JSON object.");
  if (route === "POST /chat/completions") return await chat(parsed, behaviour, response);
  if (route === "POST /embeddings") return sendJson(response, 200, embeddings(parsed));
  if (route === "POST /responses") {
    const { content, chunks } = behaviour;
    if (!parsed.stream) return sendJson(response, 200, responseObject(parsed, content));
    return await writeStream(response, responseEvents(parsed, content, chunks), behaviour, NAMED_EVENTS);
  }
  fail(response, 404, "invalid_request_error", `The fake provider has no ${route}.`);
}

/** `/__requests` and `/__behaviour`: for tests, on the provider's own port only. */
function control(state: State, route: string, body: Buffer, containing: string | null): unknown {
  switch (route) {
    case "GET /__requests":
      return state.requests.filter((recorded) => recorded.body.includes(containing ?? ""));
    case "DELETE /__requests":
      state.requests.length = 0;
      return {};
    case "POST /__behaviour":
      state.behaviour = { ...USUAL, ...readBehaviour(JSON.parse(body.toString("utf8") || "{}")) };
      return state.behaviour;
    case "DELETE /__behaviour":
      state.behaviour = USUAL;
      return state.behaviour;
    case "GET /__behaviour":
      return state.behaviour;
    default:
      throw new TypeError(`The fake provider has no ${route}.`);
  }
}

function record(state: State, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const entry: RecordedRequest = {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: body.toString("utf8"),
    body_base64: body.toString("base64"),
    aborted: false,
  };
  response.once("close", () => {
    entry.aborted = !response.writableFinished;
  });
  state.requests.push(entry);
  if (state.requests.length > KEPT) state.requests.shift();
}

function parse(body: Buffer): (ChatRequest & ResponsesRequest & EmbeddingsRequest) | undefined {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function behaviourOfHeader(request: IncomingMessage): Partial<Behaviour> {
  const own = request.headers["x-fake-behaviour"];
  return own ? readBehaviour(JSON.parse(String(own))) : {};
}

async function chat(request: ChatRequest, behaviour: Behaviour, response: ServerResponse): Promise<void> {
  if (!Array.isArray(request.messages)) {
    return fail(response, 400, "invalid_request_error", "Missing required parameter: 'messages'.");
  }
  const text = behaviour.content ?? answerText(request);
  if (request.stream) return await writeStream(response, chunksOf(request, text, behaviour), behaviour);
  if (behaviour.failure === "reset") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"id":', () => response.socket?.resetAndDestroy());
    return;
  }
  const headers = { "x-request-id": idOf("req", request) };
  sendJson(response, 200, completion(request, text, behaviour.failure !== "no_usage"), headers);
}
