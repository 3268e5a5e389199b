import { createServer } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

/**
 * Listens with the shortest backlog and then sleeps for ever without accepting: once the backlog is filled, the
 * kernel drops every further SYN, as a dead host does. The parent ends the thread to end it.
 */
const { host, port } = workerData as { host: string; port: number };

function say(what: string | undefined): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  parentPort?.postMessage(what);
}

const server = createServer();
server.once("error", (error: NodeJS.ErrnoException) => say(error.code));
// Node reads a backlog of 0 as "default", so 1 is the shortest.
server.listen({ host, port, ipv6Only: true, backlog: 1 }, () => {
  say("listening");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
