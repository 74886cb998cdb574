import { createServer } from "node:net";

function isFree(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      const found = typeof address === "object" && address ? address.port : undefined;
      probe.close(() => resolve(found));
    });
  });
}

/** A loopback port nobody listens on: the preferred one if it is free, else one the system chooses. */
export async function freePort(preferred?: number): Promise<number> {
  const port = (preferred && (await isFree(preferred))) || (await isFree(0));
  if (!port) throw new Error("no free port on 127.0.0.1");
  return port;
}
