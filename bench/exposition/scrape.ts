import { once } from "node:events";
import { connect } from "node:net";
import type { ServerProcess } from "../serving/child.ts";

/** One scrape, as the client and as the kernel saw it. */
export interface Scrape {
  /** From the request to the last octet. */
  readonly ms: number;
  readonly octets: number;
  readonly cpuMs: number;
  /** The longest time that the server's event loop was held. */
  readonly heldMs: number;
  /** Resident memory at its most during the scrape, over that of an idle server. */
  readonly aboveIdleBytes: number;
}

/** Scrapes once; `idleBytes` is the server's memory before its first scrape. */
export async function scrape(server: ServerProcess, idleBytes: number): Promise<Scrape> {
  await server.state();
  const before = await server.cost();
  const { ms, octets } = await get(`${server.url}/metrics/portals`);
  const { heldMs } = await server.state();
  const after = await server.cost();
  return {
    ms,
    octets,
    heldMs,
    cpuMs: after.cpuMs - before.cpuMs,
    aboveIdleBytes: after.peakRssBytes - idleBytes,
  };
}

/** Reads an answer to its end and looks at nothing but its status: what the client does is no part of the figure. */
async function get(url: string): Promise<{ ms: number; octets: number }> {
  const { hostname, port, host, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  let octets = 0;
  let head = "";
  socket.on("data", (chunk) => {
    if (octets === 0) head = chunk.toString("latin1", 0, 200);
    octets += chunk.length;
  });
  const ended = once(socket, "end");
  const began = performance.now();
  // What Prometheus sends.
  const headers = [
    "Accept: text/plain;version=0.0.4",
    "Accept-Encoding: gzip",
    "Connection: close",
  ];
  socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n${headers.join("\r\n")}\r\n\r\n`);
  await ended;
  const ms = performance.now() - began;
  socket.destroy();
  if (!head.startsWith("HTTP/1.1 200")) throw new Error(`The scrape was refused: ${head}`);
  return { ms, octets };
}
