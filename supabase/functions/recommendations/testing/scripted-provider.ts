import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request for a chat completion, as far as scripts look at it. */
export interface Asked {
  readonly model: string;
  readonly messages: readonly { role: string; content: string }[];
  readonly response_format?: { json_schema: { name: string } };
}

/** What a script answers: a text, a whole message, a status, or nothing for ever. */
export type Scripted =
  | string
  | { refusal: string }
  | { status: number; location?: string }
  | { bytes: number }
  /** Says this of what it has used. */
  | { content: string; usage: object }
  | "hang";

const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };

export interface ScriptedProvider {
  readonly url: string;
  readonly asked: Asked[];
  /** The authorization of each request, in the same order. */
  readonly keys: (string | undefined)[];
  close(): Promise<void>;
}

/** An OpenAI-compatible provider that answers by a script, for what a judge and a rewriter may do. */
export async function startScriptedProvider(
  script: (asked: Asked) => Scripted | Promise<Scripted>,
  wantedPort = 0,
): Promise<ScriptedProvider> {
  const asked: Asked[] = [];
  const keys: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === "GET") return void response.end(JSON.stringify({ object: "list", data: [] }));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    asked.push(body);
    keys.push(request.headers.authorization);
    const answer = await script(body);
    if (answer === "hang") return;
    if (typeof answer === "object" && "bytes" in answer) return void response.end(" ".repeat(answer.bytes));
    if (typeof answer === "object" && "location" in answer)
      response.setHeader("location", answer.location ?? "");
    const status = typeof answer === "object" && "status" in answer ? answer.status : 200;
    const { usage = USAGE, ...said } =
      typeof answer === "string" ? { content: answer } : ({ content: null, ...answer } as { usage?: object });
    const message = { role: "assistant", ...said };
    response.writeHead(status, { "content-type": "application/json" });
    const choices = [{ index: 0, finish_reason: "stop", message }];
    response.end(
      JSON.stringify({ id: "c", object: "chat.completion", created: 0, model: body.model, choices, usage }),
    );
  });
  await new Promise<void>((resolve) => server.listen(wantedPort, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Which of the three things a model is asked for. */
export function purpose({ response_format }: Asked): "rewrite" | "verdict" | "answer" {
  return (response_format?.json_schema.name as "rewrite" | "verdict" | undefined) ?? "answer";
}

/** A rewrite of the first message. */
export function rewriteTo(content: string): string {
  return JSON.stringify({ messages: [{ index: 0, content }], reason: "Shorter." });
}

export function verdict(winner: string): string {
  return JSON.stringify({ winner, reason: "Because." });
}
