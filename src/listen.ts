import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type ServerType } from "@hono/node-server";
import { UsageError } from "./domain/usage-error.ts";

export type Fetch = Parameters<typeof createAdaptorServer>[0]["fetch"];

/** How long requests that are under way at a stop may take before their connections are cut. */
const DRAIN_MS = 2_000;

/** A client has this long to send its request head, and then its whole request. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 120_000;

const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/**
 * Serves `fetch` on host and port (0 = any); throws UsageError where the port cannot be had.
 * `stop` lets requests under way end for two seconds; calling it again waits for the same end.
 */
export async function listen(
  fetch: Fetch,
  host: string,
  port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createAdaptorServer({
    fetch,
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: HEADERS_TIMEOUT_MS / 4,
    },
  });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw cannotListen(host, port, error);
  }
  const { address, port: actual, family } = server.address() as AddressInfo;
  let stopping: Promise<void> | null = null;
  return {
    url: `http://${shownHost(address, family)}:${actual}`,
    stop: () => (stopping ??= close(server)),
  };
}

/** As this machine reaches it: "every address" is none that a browser could open. */
function shownHost(address: string, family: string): string {
  if (EVERY_ADDRESS.has(address)) return "localhost";
  return family === "IPv6" ? `[${address}]` : address;
}

async function close(server: ServerType): Promise<void> {
  const closed = once(server, "close");
  server.close();
  if ("closeIdleConnections" in server) server.closeIdleConnections();
  const cut = setTimeout(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

function cannotListen(host: string, port: number, error: unknown): UsageError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "error";
  const advice: Record<string, string> = {
    EADDRINUSE: `PORT=${port} is in use on ${host}. Stop what listens there, or set PORT to another one (0 = any).`,
    EACCES: `PORT=${port} may not be used by this user. Set PORT to 1024 or higher.`,
    EADDRNOTAVAIL: `HOST=${host} is not an address of this machine. Set HOST to one that is, e.g. 127.0.0.1.`,
  };
  return new UsageError(advice[code] ?? `Cannot listen on HOST=${host} PORT=${port} (${code}).`, {
    cause: error,
  });
}
