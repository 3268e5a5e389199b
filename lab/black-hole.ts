import { type Socket, connect } from "node:net";
import { Worker } from "node:worker_threads";

/** A literal address and port where every connect hangs. */
export interface BlackHole {
  readonly close: () => Promise<void>;
}

/** Linux lets a backlog of n hold n + 1 connections (the check is `>`), and ours is 1. */
const FILLERS = 2;

/**
 * Makes connects to this address and port hang until their own timeout, without root: a listening socket that is
 * never accepted from, its backlog filled. Throws if the port is taken.
 */
export async function digBlackHole(host: string, port: number): Promise<BlackHole> {
  const thread = new Worker(new URL("black-hole-thread.ts", import.meta.url), {
    workerData: { host, port },
  });
  const said = await new Promise<unknown>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
  if (said !== "listening") {
    await thread.terminate();
    throw new Error(`no black hole at ${host} port ${port}: ${String(said)}`);
  }
  const fillers = await Promise.all(Array.from({ length: FILLERS }, () => fill(host, port)));
  return {
    async close() {
      for (const socket of fillers) socket.destroy();
      await thread.terminate();
    },
  };
}

function fill(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, autoSelectFamily: false }, () => resolve(socket));
    socket.once("error", reject);
  });
}
