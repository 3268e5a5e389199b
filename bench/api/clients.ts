import { once } from "node:events";
import { connect } from "node:net";

/** What some clients found together. */
export interface Burst {
  readonly requests: number;
  readonly seconds: number;
  /** Of each request, from its first octet sent to its answer's last one read. */
  readonly ms: readonly number[];
  /** Of one answer, head and body. */
  readonly octets: number;
}

/**
 * So many clients, each on a connection that stays, ask for these paths in turn as fast as they are answered. They read no
 * more of an answer than where it ends: what a client costs is no part of the figure.
 */
export async function burst(
  url: string,
  paths: readonly string[],
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<Burst> {
  const ms: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const octets = await Promise.all(
    Array.from({ length: clients }, (_, client) => askUntil(url, paths, client, until, ms)),
  );
  const took = (performance.now() - began) / 1000;
  return { requests: ms.length, seconds: took, ms, octets: octets[0] ?? 0 };
}

async function askUntil(
  url: string,
  paths: readonly string[],
  first: number,
  until: number,
  ms: number[],
): Promise<number> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay();
  await once(socket, "connect");
  let octets = 0;
  for (let number = first; performance.now() < until; number += 1) {
    const path = paths[number % paths.length] ?? "/";
    const began = performance.now();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\n\r\n`);
    octets = await answerOn(socket);
    ms.push(performance.now() - began);
  }
  socket.destroy();
  return octets;
}

/** How long the next answer is; throws unless it is a 200 that says its length. */
function answerOn(socket: ReturnType<typeof connect>): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let wanted = -1;
  let seen = 0;
  const onData = (chunk: Buffer) => {
    if (wanted < 0) {
      const head = chunk.toString("latin1", 0, 2000);
      const end = head.indexOf("\r\n\r\n");
      const length = /^content-length: (\d+)\r$/im.exec(head)?.[1];
      if (!head.startsWith("HTTP/1.1 200") || end < 0 || length === undefined) {
        reject(new Error(`An unexpected answer: ${head}`));
        return;
      }
      wanted = end + 4 + Number(length);
    }
    seen += chunk.length;
    if (seen < wanted) return;
    socket.off("data", onData).off("close", onClose);
    resolve(wanted);
  };
  const onClose = () => reject(new Error("The server closed the connection"));
  socket.on("data", onData).on("close", onClose);
  return promise;
}
