import type { ReadEnv } from "../env/function-env.ts";

/**
 * Seals secrets so that a database can hold them without being able to read them. Envelope encryption: each secret
 * has a data key of its own, which encrypts it (AES-256-GCM), and the data key is encrypted by the key of the
 * environment, so that changing that one touches no secret. The context (whose secret it is, for which server) is
 * authenticated with both: a sealed secret moved to another row cannot be opened there.
 *
 * Sealed: `v1.<id of the environment's key>.<nonce>.<encrypted data key>.<nonce>.<encrypted secret>`, base64url.
 */
export interface KeyRing {
  seal(secret: string, context: string): Promise<string>;
  /** Throws a SealError when the key is not on the ring, or anything was changed. */
  open(sealed: string, context: string): Promise<string>;
  /** The same secret under the newest key; the same text when it is there already. */
  reseal(sealed: string, context: string): Promise<string>;
}

export class SealError extends Error {
  override readonly name = "SealError";
}

interface NamedKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/**
 * The ring of a function: NEMO_ENCRYPTION_KEY seals and opens, the keys in NEMO_RETIRED_ENCRYPTION_KEYS (separated
 * by commas) only open. Each is 32 bytes in base64.
 */
export function keyRing(env: ReadEnv): KeyRing {
  const texts = [env("NEMO_ENCRYPTION_KEY"), ...(env("NEMO_RETIRED_ENCRYPTION_KEYS") ?? "").split(",")];
  let loaded: Promise<NamedKey[]> | undefined;
  const keys = async (): Promise<[NamedKey, ...NamedKey[]]> => {
    loaded ??= Promise.all(
      texts
        .map((text) => text?.trim() ?? "")
        .filter((text) => text !== "")
        .map(loadKey),
    );
    const [newest, ...older] = await loaded;
    if (!newest) throw new SealError("NEMO_ENCRYPTION_KEY is not set.");
    return [newest, ...older];
  };
  const openDataKey = async (sealed: string, context: string) => {
    const { id, parts } = parse(sealed);
    const named = (await keys()).find((one) => one.id === id);
    if (!named) throw new SealError(`No key of this environment has the id ${id}.`);
    return { id, parts, dataKey: await decrypt(named.key, parts[0], parts[1], context) };
  };
  const wrap = async ({ id, key }: NamedKey, dataKey: BufferSource, context: string) =>
    `v1.${id}.${(await encrypt(key, dataKey, context)).join(".")}`;
  return {
    async seal(secret, context) {
      const [newest] = await keys();
      const dataKey = crypto.getRandomValues(new Uint8Array(32));
      const payload = await encrypt(await importKey(dataKey), new TextEncoder().encode(secret), context);
      return `${await wrap(newest, dataKey, context)}.${payload.join(".")}`;
    },
    async open(sealed, context) {
      const { parts, dataKey } = await openDataKey(sealed, context);
      return new TextDecoder().decode(await decrypt(await importKey(dataKey), parts[2], parts[3], context));
    },
    async reseal(sealed, context) {
      const { id, parts, dataKey } = await openDataKey(sealed, context);
      const [newest] = await keys();
      return newest.id === id ? sealed : `${await wrap(newest, dataKey, context)}.${parts[2]}.${parts[3]}`;
    },
  };
}

async function loadKey(text: string): Promise<NamedKey> {
  const bytes = fromBase64(text);
  if (bytes?.byteLength !== 32) throw new SealError("An encryption key is not 32 bytes in base64.");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const id = [...digest.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { id, key: await importKey(bytes) };
}

const importKey = (bytes: BufferSource) =>
  crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

/** A nonce of 96 random bits and the ciphertext with its tag. */
async function encrypt(key: CryptoKey, bytes: BufferSource, context: string): Promise<[string, string]> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(context);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, bytes);
  return [toBase64Url(iv.buffer), toBase64Url(sealed)];
}

async function decrypt(key: CryptoKey, nonce: string, sealed: string, context: string): Promise<ArrayBuffer> {
  const [iv, bytes] = [fromBase64(nonce), fromBase64(sealed)];
  const additionalData = new TextEncoder().encode(context);
  try {
    if (!iv || !bytes) throw new Error("not base64");
    return await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, bytes);
  } catch {
    throw new SealError("The sealed secret was changed, or is not this one's.");
  }
}

function parse(sealed: string): { id: string; parts: [string, string, string, string] } {
  const match = /^v1\.([0-9a-f]{8})\.([\w-]+)\.([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(sealed);
  if (!match) throw new SealError("This is not a sealed secret.");
  const [, id, ...parts] = match;
  return { id: id as string, parts: parts as [string, string, string, string] };
}

function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(
    /[+/=]/g,
    (one) => ({ "+": "-", "/": "_" })[one] ?? "",
  );
}

/** Reads both alphabets; null when it is neither. */
function fromBase64(text: string): ArrayBuffer | null {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (one) => one.charCodeAt(0)).buffer;
  } catch {
    return null;
  }
}
