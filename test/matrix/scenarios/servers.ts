import type { Socket } from "node:net";
import type { Answer } from "dns-packet";
import { digBlackHole } from "../../../lab/black-hole.ts";
import type { AuditOptions } from "../../../src/probes/audit/index.ts";
import { pipeTo } from "../../probes/audit/support/pipe.ts";
import { helloWithCertificate } from "../../probes/audit/support/unreadable-hello.ts";
import { type Said, addressRecord, serveDns, serveTcp } from "../../probes/support/servers.ts";
import { freePort } from "../../support/free-port.ts";
import { type Credentials, createCredentials } from "../support/credentials.ts";
import { type WebServer, page, redirecting, serveWeb } from "../support/web-server.ts";

/** A portal on throw-away servers, with what its audit is told. */
export interface ServerScene {
  readonly name: string;
  readonly url: string;
  readonly options: Partial<AuditOptions>;
}

/** What scenes are built with; whatever they open is closed in the end. */
interface Stage {
  readonly credentials: Credentials;
  readonly open: <Server extends { readonly close: () => Promise<void> }>(
    server: Promise<Server>,
  ) => Promise<Server>;
}

/** Opens all servers. */
export async function openServers(): Promise<{
  readonly scenes: readonly ServerScene[];
  readonly close: () => Promise<void>;
}> {
  const closers: (() => Promise<void>)[] = [];
  const credentials = await createCredentials();
  const stage: Stage = {
    credentials,
    async open(server) {
      const opened = await server;
      closers.push(() => opened.close());
      return opened;
    },
  };
  const scenes = await Promise.all([
    literals(stage),
    plainAnswers(stage),
    certificates(stage),
    oddTls(stage),
    closedPorts(stage),
    manyAddresses(stage),
    names(stage),
    variants(stage),
    mail(stage),
    finalUrls(stage),
  ]);
  const trusted = scenes.flat().map(({ options, ...scene }) => {
    return { ...scene, options: { extraRoots: [credentials.rootPem], ...options } };
  });
  return { scenes: trusted, close: async () => void (await Promise.all(closers.map((c) => c()))) };
}

const url = (host: string, port: number) => `https://${host}:${port}/`;

/** Portals that are registered by an address, good in all else. */
async function literals({ credentials, open }: Stage): Promise<ServerScene[]> {
  const tls = await credentials.valid([]);
  const one = async (name: string, address: string, host: string): Promise<ServerScene> => {
    const secure = await open(serveWeb({ address, tls }));
    const plain = await open(serveWeb({ address }, redirecting(301, url(host, secure.port))));
    return { name, url: url(host, secure.port), options: { httpPort: plain.port } };
  };
  return Promise.all([
    one("literal-ip4", "127.0.0.1", "127.0.0.1"),
    one("literal-ip6", "::1", "[::1]"),
  ]);
}

/** What port 80 says beside a good port 443. */
async function plainAnswers({ credentials, open }: Stage): Promise<ServerScene[]> {
  const address = "127.0.0.1";
  const secure = await open(serveWeb({ address, tls: await credentials.valid([]) }));
  const target = url(address, secure.port);
  const one = async (name: string, plain: Promise<WebServer>): Promise<ServerScene> => {
    const { port } = await open(plain);
    return { name, url: target, options: { httpPort: port } };
  };
  const status = (code: number) =>
    serveWeb({ address }, (_request, response) => void response.writeHead(code).end());
  return Promise.all([
    one("plain-303", serveWeb({ address }, redirecting(303, target))),
    one("plain-403", status(403)),
    one("plain-500", status(500)),
  ]);
}

/** Certificates that are valid and yet not well. */
async function certificates({ credentials, open }: Stage): Promise<ServerScene[]> {
  return Promise.all(
    (["key", "signature"] as const).map(async (what) => {
      const { rootPem, ...tls } = await credentials.weak(what);
      const { port } = await open(serveWeb({ address: "127.0.0.1", tls }));
      return {
        name: `weak-${what}`,
        url: url("127.0.0.1", port),
        options: { extraRoots: [rootPem] },
      };
    }),
  );
}

/** Servers whose TLS is neither there nor not. */
async function oddTls({ credentials, open }: Stage): Promise<ServerScene[]> {
  const unreadable = await open(
    serveTcp((socket) => {
      socket.once("data", () =>
        socket.write(helloWithCertificate(Buffer.from("3003020100ff", "hex"))),
      );
    }),
  );
  const upstream = await open(serveWeb({ address: "127.0.0.1", tls: await credentials.valid([]) }));
  const resetsOld = await open(
    serveTcp((socket: Socket) => {
      socket.once("data", (hello: Buffer) => {
        // ClientHello.legacy_version below TLS 1.2.
        if (hello[9] === 3 && (hello[10] ?? 9) < 3) return void socket.resetAndDestroy();
        pipeTo(upstream.port, socket, hello);
      });
    }),
  );
  return [
    { name: "certificate-unreadable", url: url("127.0.0.1", unreadable.port), options: {} },
    { name: "old-versions-reset", url: url("127.0.0.1", resetsOld.port), options: {} },
  ];
}

/** Addresses where nothing listens, and where the audit ends before port 80 has answered. */
async function closedPorts({ open }: Stage): Promise<ServerScene[]> {
  const [closed, dead] = [await freePort(), await freePort()];
  await open(digBlackHole("127.0.0.1", dead));
  const limits = { tcpMs: 10_000, tlsMs: 10_000, httpMs: 10_000, gateMs: 100 };
  return [
    { name: "nothing-listens", url: url("127.0.0.1", closed), options: { httpPort: closed } },
    {
      name: "port-80-not-seen",
      url: url("127.0.0.1", closed),
      options: { httpPort: dead, limits, timeoutMs: 2000 },
    },
  ];
}

/** One more address than an audit visits. */
async function manyAddresses({ open }: Stage): Promise<ServerScene[]> {
  const addresses = Array.from({ length: 9 }, (_, number) => `127.0.8.${number + 1}`);
  const dns = await open(
    serveDns((name, type) =>
      type === "A" ? addresses.map((address) => addressRecord(name, address)) : [],
    ),
  );
  const port = await freePort();
  for (const address of addresses) {
    await open(serveWeb({ address, port }, (_request, response) => void response.end()));
  }
  const options = { dnsServers: [dns.server] };
  return [
    { name: "nine-open", url: url("open.test", port), options },
    { name: "nine-closed", url: url("closed.test", await freePort()), options },
  ];
}

/** Names that resolve oddly. */
async function names({ open }: Stage): Promise<ServerScene[]> {
  let asked = 0;
  const onceOnly = await open(
    serveDns((_name, type): Said => {
      if (type !== "AAAA") return [];
      asked += 1;
      return asked === 1 ? [] : 2;
    }),
  );
  const chain = await open(serveDns(aliases));
  const loopback = await open(
    serveDns((name, type) => (type === "AAAA" ? [addressRecord(name, "::1")] : [])),
  );
  const at = (name: string, server: string, change: Partial<AuditOptions> = {}): ServerScene => {
    return { name, url: url("portal.test", 9), options: { dnsServers: [server], ...change } };
  };
  return [
    at("aaaa-denied-once", onceOnly.server),
    at("ten-aliases", chain.server),
    at("aaaa-loopback", loopback.server, { allowedNetworks: ["127.0.0.0/8"] }),
  ];
}

/** `portal.test` leads to `a1.portal.test` and so on, further than anybody follows. */
function aliases(name: string): readonly Answer[] {
  const number = Number(/^a(\d+)\./.exec(name)?.[1] ?? 0);
  return Array.from({ length: Math.max(0, 10 - number) }, (_, at): Answer => {
    const owner = number + at === 0 ? "portal.test" : `a${number + at}.portal.test`;
    return { type: "CNAME", name: owner, ttl: 0, data: `a${number + at + 1}.portal.test` };
  });
}

/** Portals named with www whose bare names differ in what they offer over IPv6. */
async function variants({ credentials, open }: Stage): Promise<ServerScene[]> {
  const tls = await credentials.valid([
    ...["works", "bare", "unsure"].flatMap((name) => [`www.${name}.test`, `${name}.test`]),
    "www.broken.test",
  ]);
  const ip4 = await open(serveWeb({ address: "127.0.0.1", tls }));
  await open(serveWeb({ address: "::1", port: ip4.port, tls }));
  const dns = await open(
    serveDns((name, type): Said => {
      if (name === "unsure.test") return 2;
      if (type === "A") return [addressRecord(name, "127.0.0.1")];
      return type === "AAAA" && name !== "bare.test" ? [addressRecord(name, "::1")] : [];
    }),
  );
  return ["works", "bare", "broken", "unsure"].map((name) => ({
    name: `variant-${name}`,
    url: url(`www.${name}.test`, ip4.port),
    options: { dnsServers: [dns.server] },
  }));
}

/** Mail that is nowhere, or on servers without IPv6. */
async function mail({ open }: Stage): Promise<ServerScene[]> {
  const dns = await open(
    serveDns((name, type): readonly Answer[] => {
      if (type === "A") return [addressRecord(name, "127.0.0.1")];
      if (type !== "MX") return [];
      const exchange = name === "none.test" ? "." : `mail.${name}`;
      return [{ type, name, ttl: 0, data: { preference: 0, exchange } }];
    }),
  );
  const options = { dnsServers: [dns.server] };
  return [
    { name: "mail-null-mx", url: url("www.none.test", 9), options },
    { name: "mail-ip4-only", url: url("www.old.test", 9), options },
  ];
}

/** One page, under another URL over IPv6. */
async function finalUrls({ credentials, open }: Stage): Promise<ServerScene[]> {
  const tls = await credentials.valid(["portal.test"]);
  const ip4 = await open(serveWeb({ address: "127.0.0.1", tls }));
  await open(
    serveWeb({ address: "::1", port: ip4.port, tls }, (request, response) => {
      if (request.url === "/") return redirecting(302, "/vi/")(request, response);
      page(request, response);
    }),
  );
  const dns = await open(
    serveDns((name, type) => {
      if (type === "A") return [addressRecord(name, "127.0.0.1")];
      return type === "AAAA" ? [addressRecord(name, "::1")] : [];
    }),
  );
  return [
    {
      name: "other-url-over-ip6",
      url: url("portal.test", ip4.port),
      options: { dnsServers: [dns.server] },
    },
  ];
}
