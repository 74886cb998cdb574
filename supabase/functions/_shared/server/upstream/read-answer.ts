import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { readAtMost } from "../http/read-body.ts";

/** More than any answer with pictures, or a full batch of embeddings, and about as much as an isolate has room for. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ERROR_BYTES = 1024 * 1024;

/**
 * A provider's answer as text. Bounded, because a provider may be anybody's own, and the memory is that of everybody
 * whose requests this process serves. Throws `upstream_aborted` or `upstream_invalid_response`.
 */
export async function readAnswer(answer: Response): Promise<string> {
  const { headers } = answer;
  const most = answer.ok ? MOST_BYTES : MOST_ERROR_BYTES;
  const announced = Number(headers.get("content-length") ?? Number.NaN);
  try {
    // With an honest length the whole answer is read natively, which costs a fraction of the other way.
    if (announced <= most && !headers.has("content-encoding")) return await answer.text();
    const bytes = await readAtMost(answer.body, most, most);
    if (bytes) return new TextDecoder().decode(bytes);
  } catch {
    throw new GatewayError("upstream_aborted");
  }
  throw new GatewayError("upstream_invalid_response", {
    detail: `It is larger than ${most / 1024 / 1024} MB.`,
  });
}
