import { createParser } from "eventsource-parser";
import { AppError, toAppError } from "../../../lib/errors.ts";
import { postToPlayground } from "../../../lib/queries/post-to-playground.ts";
import type { Content } from "../draft.ts";

export type Trial = {
  templateId: string;
  /** A text that has no number yet, or a saved version, which is served with the includes it was saved with. */
  of: Content | { version: number };
  variables: Record<string, unknown>;
  /** What the caller says after the prompt; empty says nothing. */
  input: string;
};

/** How far an answer has come. Times are milliseconds from the press. */
export type Progress = {
  text: string;
  requestId: string | null;
  firstMs: number | null;
  totalMs: number | null;
  usage: { prompt_tokens: number; completion_tokens: number } | null;
  error: AppError | null;
};

export const nothingYet: Progress = {
  text: "",
  requestId: null,
  firstMs: null,
  totalMs: null,
  usage: null,
  error: null,
};

/**
 * Has the server render this text and stream the provider's answer. Goes with the person's own token: the key that
 * the gateway wants stays on the server. Reports each step; a refusal is a step too, and nothing is thrown but the abort.
 */
export async function streamAnswer(trial: Trial, signal: AbortSignal, report: (progress: Progress) => void) {
  const begun = performance.now();
  let progress = nothingYet;
  const step = (part: Partial<Progress>) => {
    progress = { ...progress, ...part };
    report(progress);
  };
  try {
    const response = await send(trial, signal);
    step({ requestId: response.headers.get("x-nemo-request-id") });
    if (!response.ok) throw await refusalOf(response);
    for await (const chunk of chunksOf(response)) {
      if (chunk.error) throw toAppError(chunk.error);
      const text = textOf(chunk);
      if (text && progress.firstMs === null) step({ firstMs: performance.now() - begun });
      if (text) step({ text: progress.text + text });
      if (chunk.usage) step({ usage: chunk.usage });
    }
  } catch (reason) {
    if (!signal.aborted) step({ error: toAppError(reason) });
  }
  step({ totalMs: performance.now() - begun });
}

function send({ templateId, of, variables, input }: Trial, signal: AbortSignal): Promise<Response> {
  const said = input.trim() === "" ? {} : { input: [{ role: "user", content: input }] };
  return postToPlayground({ ...of, variables, template_id: templateId, ...said }, signal);
}

async function refusalOf(response: Response): Promise<AppError> {
  const body = await response.json().catch(() => undefined);
  if (body?.error) return toAppError(body.error);
  return new AppError(`status_${response.status}`, `The answer was ${response.status}.`, {
    remedy: "Try again.",
  });
}

type Chunk = {
  choices?: {
    delta?: { content?: string; tool_calls?: { function?: { name?: string; arguments?: string } }[] };
  }[];
  usage?: Progress["usage"];
  error?: unknown;
};

async function* chunksOf(response: Response): AsyncGenerator<Chunk> {
  const ready: Chunk[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data !== "[DONE]") ready.push(JSON.parse(data) as Chunk);
    },
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parser.feed(read.value);
    yield* ready.splice(0);
  }
}

/** Words, and calls of tools as a program would write them. */
function textOf({ choices }: Chunk): string {
  const delta = choices?.[0]?.delta;
  const calls = delta?.tool_calls ?? [];
  const called = calls.map(
    ({ function: call }) => `${call?.name ? `\n${call.name} ` : ""}${call?.arguments ?? ""}`,
  );
  return (delta?.content ?? "") + called.join("");
}
