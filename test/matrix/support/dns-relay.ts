import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type Server, connect, createServer } from "node:net";
import { freePort } from "../../support/free-port.ts";

/** Stands before name servers on loopback and hands on what comes, on a port of its own. */
export interface DnsRelay {
  readonly port: number;
  /** Lets TCP over IPv6 through, which until then is closed. */
  readonly openTcpOverIp6: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** IPv4 addresses of the lab's name servers, and the one that they share over IPv6. */
const IP4 = ["127.0.0.1", "127.0.0.2"] as const;
const IP6 = "::1";

/** A relay to the name servers that answer on this port of the same addresses. */
export async function relayDns(authorityPort: number): Promise<DnsRelay> {
  const port = await freePort();
  const closers: (() => Promise<void>)[] = [];
  const open = async (opened: Promise<() => Promise<void>>) => void closers.push(await opened);
  for (const address of [...IP4, IP6]) await open(relayUdp(address, port, authorityPort));
  for (const address of IP4) await open(relayTcp(address, port, authorityPort));
  return {
    port,
    openTcpOverIp6: () => open(relayTcp(IP6, port, authorityPort)),
    close: async () => void (await Promise.all(closers.map((close) => close()))),
  };
}

async function relayUdp(address: string, port: number, authorityPort: number) {
  const type = address === IP6 ? "udp6" : "udp4";
  const socket = createSocket(type);
  const asking = new Set<ReturnType<typeof createSocket>>();
  socket.on("message", (question, from) => {
    const onward = createSocket(type);
    asking.add(onward);
    onward.once("close", () => asking.delete(onward));
    onward.once("message", (answer) => {
      socket.send(answer, from.port, from.address);
      onward.close();
    });
    onward.send(question, authorityPort, address);
  });
  socket.bind(port, address);
  await once(socket, "listening");
  return async () => {
    for (const onward of asking) onward.close();
    socket.close();
    await once(socket, "close");
  };
}

async function relayTcp(address: string, port: number, authorityPort: number) {
  const server: Server = createServer((socket) => {
    const onward = connect(authorityPort, address);
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
    socket.once("close", () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.listen(port, address);
  await once(server, "listening");
  return async () => {
    server.close();
    await once(server, "close");
  };
}
