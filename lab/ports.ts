import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { type Server, createServer } from "node:net";

/**
 * Lab ports lie below the kernel's ephemeral range (32768 and up on Linux): no outgoing connection ever takes one,
 * and a connect to a refusing port can't meet itself as its own source port.
 */
const FIRST_PORT = 20_480;
const LAST_PORT = 32_767;
const BLOCK = 128;

/** Held by one listener per block, so that labs of several processes never share a block. */
const LOCK_ADDRESSES = ["127.127.127.127", "127.0.0.1"];

/** A range of ports that no other lab on this machine uses. */
export interface PortBlock {
  /** The next port of the block; throws when it is used up. */
  readonly next: () => number;
  readonly release: () => Promise<void>;
}

/** Claims a free block, trying all of them from a random one on; throws if all are taken. */
export async function claimPortBlock(): Promise<PortBlock> {
  const blocks = Math.floor((LAST_PORT + 1 - FIRST_PORT) / BLOCK);
  const start = randomInt(blocks);
  for (let i = 0; i < blocks; i += 1) {
    const first = FIRST_PORT + ((start + i) % blocks) * BLOCK;
    const lock = await tryLock(first);
    if (lock !== null) return portBlock(first, lock);
  }
  throw new Error(`no free block of ${BLOCK} ports between ${FIRST_PORT} and ${LAST_PORT}`);
}

async function tryLock(port: number): Promise<Server | null> {
  for (const host of LOCK_ADDRESSES) {
    const lock = createServer((socket) => socket.destroy());
    const outcome = await tryListen(lock, host, port);
    if (outcome === "listening") return lock;
    if (outcome === "in-use") return null;
  }
  return null;
}

function portBlock(first: number, lock: Server): PortBlock {
  let last = first;
  return {
    next() {
      last += 1;
      if (last >= first + BLOCK) throw new Error(`the lab's block of ${BLOCK} ports is used up`);
      return last;
    },
    release: () => new Promise((resolve) => void lock.close(() => resolve())),
  };
}

/** What came of listening: also `no-address`, when this machine does not have the address. */
export type ListenOutcome = "listening" | "in-use" | "no-address";

/** Listens on a literal address; throws for anything but a taken port or an address that is not here. */
export function tryListen(server: Server, host: string, port: number): Promise<ListenOutcome> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve("in-use");
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")
        resolve("no-address");
      else reject(new Error(`cannot listen on ${host} port ${port}`, { cause: error }));
    };
    server.once("error", onError);
    server.listen({ host, port, ipv6Only: true }, () => {
      server.off("error", onError);
      resolve("listening");
    });
  });
}

/** Whether a TCP server can listen on this literal address now. */
export async function canListen(host: string, port = 0): Promise<boolean> {
  const server = createServer();
  const outcome = await tryListen(server, host, port);
  if (outcome !== "listening") return false;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return true;
}

/** Whether a UDP socket can be bound to this literal address and port now. */
export function canBindUdp(host: string, port: number): Promise<boolean> {
  const ip6 = host.includes(":");
  const socket = createSocket({ type: ip6 ? "udp6" : "udp4", ipv6Only: ip6 });
  return new Promise((resolve) => {
    socket.once("error", () => socket.close(() => resolve(false)));
    socket.bind(port, host, () => socket.close(() => resolve(true)));
  });
}
