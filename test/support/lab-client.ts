import { Resolver } from "node:dns/promises";
import { type Socket, connect as tcpConnect } from "node:net";
import type { Duplex } from "node:stream";
import { type TLSSocket, connect as tlsConnect } from "node:tls";
import type { Lab, LabPortal } from "../../lab/index.ts";
import type { Family } from "../../src/domain/family.ts";

/** A fresh resolver that asks the lab only, gives up after a second and never shares a socket with another. */
export function labResolver(lab: Lab): Resolver {
  const resolver = new Resolver({ timeout: 500, tries: 2 });
  resolver.setServers([lab.dnsServer]);
  return resolver;
}

/** The addresses of one family, or the c-ares code of the failure. */
export async function addressesOf(
  lab: Lab,
  host: string,
  family: Family,
): Promise<readonly string[] | string> {
  const resolver = labResolver(lab);
  try {
    return await (family === "ip4" ? resolver.resolve4(host) : resolver.resolve6(host));
  } catch (error) {
    return codeOf(error);
  }
}

/** Connects over TCP to the first address that the lab's resolver gives; the error code if that fails. */
export async function connectTo(
  lab: Lab,
  portal: LabPortal,
  family: Family,
): Promise<Socket | string> {
  const addresses = await addressesOf(lab, portal.host, family);
  if (typeof addresses === "string") return addresses;
  return settled(
    tcpConnect({ host: addresses[0]!, port: portOf(portal), autoSelectFamily: false }),
    "connect",
  );
}

/** Connects and shakes hands, trusting the lab's root and refusing nothing; the error code if that fails. */
export async function secureTo(
  lab: Lab,
  portal: LabPortal,
  family: Family,
): Promise<TLSSocket | string> {
  const socket = await connectTo(lab, portal, family);
  if (typeof socket === "string") return socket;
  const secured = tlsConnect({
    socket,
    servername: portal.host,
    ca: lab.caPem,
    rejectUnauthorized: false,
  });
  return settled(secured, "secureConnect");
}

/** Everything that came back for one GET, until the other side ended or `enough` said so. */
export interface Received {
  readonly bytes: Buffer;
  /** `end`, `enough`, or the code of the error that ended it. */
  readonly end: string;
}

/** Sends a GET over an open stream and reads until the end, an error (its code) or `enough`. */
export function get(
  stream: Duplex,
  host: string,
  path = "/",
  enough: (bytes: Buffer) => boolean = () => false,
): Promise<Received> {
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const done = (end: string): void => {
      resolve({ bytes: Buffer.concat(chunks), end });
      stream.destroy();
    };
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (enough(Buffer.concat(chunks))) done("enough");
    });
    stream.once("end", () => done("end"));
    stream.on("error", (error) => done(codeOf(error)));
    stream.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
}

/** A GET to a portal as it is registered, over one family, following nothing. */
export async function getFrom(
  lab: Lab,
  portal: LabPortal,
  family: Family,
  options: { path?: string; enough?: (bytes: Buffer) => boolean } = {},
): Promise<Received> {
  const plain = portal.url.startsWith("http:");
  const stream = await (plain ? connectTo : secureTo)(lab, portal, family);
  if (typeof stream === "string") return { bytes: Buffer.alloc(0), end: stream };
  return get(stream, portal.host, options.path, options.enough);
}

/** The status code and a header of a raw answer. */
export function headOf({ bytes }: Received): {
  status: number;
  header(name: string): string | null;
} {
  const head = bytes.toString("latin1").split("\r\n\r\n")[0]!;
  return {
    status: Number(head.split(" ")[1]),
    header: (name) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim() ?? null,
  };
}

/** The port in a portal's URL. */
export function portOf(portal: LabPortal): number {
  return Number(new URL(portal.url).port);
}

/** The code of an error of the network or of TLS. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function settled<S extends Socket>(socket: S, event: string): Promise<S | string> {
  return new Promise((resolve) => {
    socket.once(event, () => resolve(socket));
    socket.on("error", (error) => {
      socket.destroy();
      resolve(codeOf(error));
    });
  });
}
