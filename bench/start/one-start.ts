import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../test/support/free-port.ts";
import { startServiceProcess } from "../../test/support/service-process.ts";

/** How long after the program was begun something was so, milliseconds. */
export interface Start {
  readonly firstProbe: number;
  readonly ready: number;
  readonly running: number;
}

/** Where all portals are: tells of the first connection of each start, and says nothing to it. */
export interface Portals {
  readonly port: number;
  firstConnection(): Promise<number>;
  close(): void;
}

/** Listens on every address of loopback. */
export async function listenForPortals(): Promise<Portals> {
  let told: ((at: number) => void) | null = null;
  const server = createServer((socket) => {
    told?.(performance.now());
    socket.on("error", () => undefined);
    socket.destroy();
  });
  server.listen(0, "0.0.0.0");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no port");
  return {
    port: address.port,
    firstConnection: () => new Promise((resolve) => (told = resolve)),
    close: () => void server.close(),
  };
}

/** How often it is asked whether it is ready. */
const ASKED_EVERY_MS = 20;

/** Starts the service, waits for its first probe, and kills it. */
export async function startOnce(env: Record<string, string>, portals: Portals): Promise<Start> {
  const port = String(await freePort());
  const connected = portals.firstConnection();
  const began = performance.now();
  const ready = untilReady(`http://127.0.0.1:${port}/readyz`);
  const service = await startServiceProcess({ ...env, PORT: port });
  const running = performance.now();
  const [readyAt, firstAt] = await Promise.all([ready, connected]);
  await service.kill();
  return { firstProbe: firstAt - began, ready: readyAt - began, running: running - began };
}

async function untilReady(url: string): Promise<number> {
  for (;;) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return performance.now();
    await sleep(ASKED_EVERY_MS);
  }
}
