import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** When the kernel saw a connection of one visit come about, milliseconds of each step. */
export interface WireTimes {
  /** When it began, milliseconds since the epoch. */
  readonly at: number;
  /** From the SYN to its answer. */
  readonly connect: number;
  /** From there to the second message of the client, which ends the handshake of TLS 1.3. */
  readonly tls: number;
}

/** A packet capture of one port on loopback. */
export interface Capture {
  /** Ends it; the connections in the order in which they began. */
  stop(): Promise<readonly WireTimes[]>;
}

/** Enough for the headers: what is inside is not looked at. */
const SNAP_OCTETS = 96;

/** The last packets are on their way still when the last connection has ended. */
const LAST_PACKETS_MS = 500;

/** Starts tcpdump; null where it is not installed or not allowed. */
export async function startCapture(port: number): Promise<Capture | null> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-capture-"));
  const file = join(folder, "packets");
  const child = spawn(
    "tcpdump",
    `-i lo -s ${SNAP_OCTETS} --immediate-mode -B 16384 -U -w ${file} tcp port ${port}`.split(" "),
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  if (!(await isListening(child))) {
    await rm(folder, { recursive: true });
    return null;
  }
  return {
    stop: async () => {
      await sleep(LAST_PACKETS_MS);
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
      const packets = packetsOf(await readFile(file));
      await rm(folder, { recursive: true });
      return connectionsOf(packets, port);
    },
  };
}

function isListening(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.on("error", () => resolve(false));
    child.once("exit", () => resolve(false));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("listening on")) resolve(true);
    });
  });
}

interface Packet {
  /** Milliseconds. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly syn: boolean;
  readonly ack: boolean;
  /** Octets of TCP payload. */
  readonly payload: number;
}

const SYN = 0x02;
const ACK = 0x10;

/** Packets of a capture file (pcap 2.4 in microseconds, little-endian, Ethernet, as tcpdump writes for loopback). */
function packetsOf(file: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = 24; at + 16 <= file.length;) {
    const time = file.readUInt32LE(at) * 1000 + file.readUInt32LE(at + 4) / 1000;
    const length = file.readUInt32LE(at + 8);
    const packet = packetOf(file.subarray(at + 16, at + 16 + length), time);
    if (packet !== null) packets.push(packet);
    at += 16 + length;
  }
  return packets;
}

const ETHERNET_OCTETS = 14;

function packetOf(frame: Buffer, at: number): Packet | null {
  const type = frame.readUInt16BE(12);
  const isIp4 = type === 0x0800;
  if (!isIp4 && type !== 0x86dd) return null;
  const ip = frame.subarray(ETHERNET_OCTETS);
  const headerOctets = isIp4 ? ((ip[0] ?? 0) & 0x0f) * 4 : 40;
  const segmentOctets = isIp4 ? ip.readUInt16BE(2) - headerOctets : ip.readUInt16BE(4);
  const tcp = ip.subarray(headerOctets);
  const flags = tcp[13] ?? 0;
  return {
    at,
    from: tcp.readUInt16BE(0),
    to: tcp.readUInt16BE(2),
    syn: (flags & SYN) !== 0,
    ack: (flags & ACK) !== 0,
    payload: segmentOctets - ((tcp[12] ?? 0) >> 4) * 4,
  };
}

function connectionsOf(packets: readonly Packet[], server: number): WireTimes[] {
  const groups = Map.groupBy(packets, ({ from, to }) => (from === server ? to : from));
  return [...groups.values()].flatMap((own) => {
    const begun = own.find(({ syn, ack, to }) => syn && !ack && to === server);
    const answered = own.find(({ syn, ack, from }) => syn && ack && from === server);
    const said = own.filter(({ to, payload }) => to === server && payload > 0);
    const finished = said[1];
    if (!begun || !answered || !finished) return [];
    return [{ at: begun.at, connect: answered.at - begun.at, tls: finished.at - answered.at }];
  });
}
