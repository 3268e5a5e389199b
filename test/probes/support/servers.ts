import { type Socket as UdpSocket, createSocket } from "node:dgram";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import { once } from "node:events";
import { type Answer, type Packet, decode, encode } from "dns-packet";

/** A server on loopback; `close` cuts its connections. */
export interface Served {
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Plays whatever `answer` does with each connection on any port of 127.0.0.1, or where it is told to. */
export async function serveTcp(
  answer: (socket: Socket) => void,
  address = "127.0.0.1",
  atPort = 0,
): Promise<Served> {
  const open = new Set<Socket>();
  let accepted = 0;
  const server: Server = createServer((socket) => {
    accepted += 1;
    open.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => open.delete(socket));
    answer(socket);
    // What nobody reads must not keep the end of the connection from being seen.
    socket.resume();
  });
  server.listen(atPort, address);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => accepted,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Sends these bytes as soon as a request came, and closes. */
export function answerWith(text: string | Buffer) {
  return (socket: Socket): void => {
    socket.once("data", () => socket.end(text));
  };
}

/** An answer of HTTP/1.1 with these headers and this body. */
export function httpAnswer(body: string | Buffer, headers: Record<string, string> = {}): Buffer {
  const all = { "content-length": String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join("")}\r\n`),
    Buffer.from(body),
  ]);
}

/** What a resolver says to a question: records, a response code, raw bytes, or nothing at all. */
export type Said = readonly Answer[] | number | Buffer | "silence";

/** A resolver on 127.0.0.1, UDP only. */
export interface ServedDns {
  /** `127.0.0.1:port`. */
  readonly server: string;
  /** Questions so far, as `type name`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Plays a resolver. */
export async function serveDns(
  say: (name: string, type: string, question: Packet) => Said,
): Promise<ServedDns> {
  const asked: string[] = [];
  const socket: UdpSocket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const question = decode(message);
    const { name = "", type = "A" } = question.questions?.[0] ?? {};
    asked.push(`${type} ${name}`);
    const said = say(name, type, question);
    if (said !== "silence") socket.send(bytesOf(said, question), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked,
    close: async () => {
      socket.close();
      await once(socket, "close");
    },
  };
}

const RECURSION_AVAILABLE = 0x180;

function bytesOf(said: Exclude<Said, "silence">, { id, questions }: Packet): Buffer {
  if (Buffer.isBuffer(said)) return said;
  const code = typeof said === "number" ? said : 0;
  return encode({
    type: "response",
    id,
    questions,
    flags: RECURSION_AVAILABLE | code,
    answers: typeof said === "number" ? [] : [...said],
  });
}

/** An A or AAAA record. */
export function addressRecord(name: string, data: string): Answer {
  return { name, type: data.includes(":") ? "AAAA" : "A", ttl: 60, data };
}
