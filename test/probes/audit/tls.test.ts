import { connect } from "node:tls";
import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { TlsSight } from "../../../src/domain/audit/host.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import { createCertificateShelf } from "../../../src/probes/audit/certificates.ts";
import { seeTls } from "../../../src/probes/audit/tls.ts";
import { listening } from "./support/listening.ts";
import { pipeTo } from "./support/pipe.ts";
import { at, toolsOf } from "./support/tools.ts";
import { OWN, serveTls } from "./support/tls-servers.ts";
import { helloWithCertificate } from "./support/unreadable-hello.ts";

const HOST = "localhost";

async function tlsAt(port: number, tools = toolsOf()): Promise<TlsSight> {
  const { sight } = await seeTls(at(port), HOST, tools);
  if (isUnseen(sight)) throw new Error(sight.unseen);
  return sight;
}

/** A server that answers the ClientHello so. */
async function rawServer(answer: (socket: Socket) => void): Promise<number> {
  const { port } = await listening((socket) => void socket.once("data", () => answer(socket)));
  return port;
}

describe("a handshake that comes about", () => {
  test("tells version, cipher, chosen protocol and chain, and what is wrong with the certificate", async () => {
    const port = await serveTls({ ALPNProtocols: ["h2", "http/1.1"] });
    const tools = toolsOf();
    const sight = await tlsAt(port, tools);
    expect(sight).toMatchObject({
      outcome: "completed",
      code: null,
      failedTries: 0,
      protocol: "TLSv1.3",
      cipher: "TLS_AES_256_GCM_SHA384",
      alpn: "h2",
      ocspStapled: false,
      certificateFaults: ["tls_self_signed"],
      chainCode: "DEPTH_ZERO_SELF_SIGNED_CERT",
    });
    expect(sight.chain).toHaveLength(1);
    expect(Object.keys(tools.certificates.kept)).toEqual(sight.chain);
  });

  test("has no fault where the chain ends in a trusted root and the name is right", async () => {
    const port = await serveTls();
    const { certificateFaults, chainCode, alpn } = await tlsAt(port, toolsOf({ roots: [OWN.pem] }));
    expect([certificateFaults, chainCode, alpn]).toEqual([[], null, null]);
  });

  test("is tried again, and the tries that failed before it are counted", async () => {
    const upstream = await serveTls();
    let connections = 0;
    const { port } = await listening((socket) => {
      connections += 1;
      if (connections <= 2) return void socket.destroy();
      pipeTo(upstream, socket);
    });
    expect(await tlsAt(port)).toMatchObject({ outcome: "completed", failedTries: 2 });
  });

  test("comes about with the least demands where our usual ones would have refused the server", async () => {
    // SHA-1 signatures of the handshake are beyond OpenSSL's default security level.
    const old = {
      maxVersion: "TLSv1.2",
      sigalgs: "ECDSA+SHA1",
      ciphers: "DEFAULT@SECLEVEL=0",
    } as const;
    const port = await serveTls(old);
    const tools = toolsOf();
    const { sight, trust } = await seeTls(at(port), HOST, tools);
    expect(sight).toMatchObject({ outcome: "completed", protocol: "TLSv1.2", failedTries: 0 });
    expect(trust).toBe(tools.offers.lenient);
  });
});

describe("a handshake that fails", () => {
  test.each<[string, TlsSight["outcome"], RegExp, (socket: Socket) => void]>([
    ["says nothing", "timeout", /^ATTEMPT$/, () => undefined],
    ["resets", "reset", /^ECONNRESET$/, (socket) => socket.resetAndDestroy()],
    ["closes", "reset", /^CLOSED$/, (socket) => socket.end()],
    [
      "sends an alert",
      "alert",
      /ALERT/,
      (socket) => socket.end(Buffer.from("15030300020228", "hex")),
    ],
    ["speaks HTTP", "error", /WRONG_VERSION/, (socket) => socket.end("HTTP/1.1 400 No\r\n\r\n")],
    [
      "presents bytes that are no certificate",
      "unreadable_certificate",
      /^ERR_OSSL_/,
      (socket) => socket.write(helloWithCertificate(Buffer.from("3003020100ff", "hex"))),
    ],
  ])("at a server that %s is %s, after three tries", async (_what, outcome, code, answer) => {
    const tools = toolsOf({ limits: { tcpMs: 500, tlsMs: 300, httpMs: 500, gateMs: 500 } });
    const sight = await tlsAt(await rawServer(answer), tools);
    expect(sight).toMatchObject({ outcome, failedTries: 3, protocol: null, chain: [] });
    expect(sight.code).toMatch(code);
  });

  test("may be our own demands' doing, so that without time for lower ones nobody is accused", async () => {
    const port = await rawServer((socket) => socket.resetAndDestroy());
    const tools = toolsOf({ session: { tryGapMs: 60_000 } });
    expect((await seeTls(at(port), HOST, tools)).sight).toEqual({ unseen: "deadline" });
  });

  test("takes three connections in all, each a gap after the one before it", async () => {
    const came: number[] = [];
    const { port } = await listening((socket) => {
      came.push(performance.now());
      socket.once("data", () => socket.resetAndDestroy());
    });
    const tryGapMs = 60;
    await seeTls(at(port), HOST, toolsOf({ session: { tryGapMs } }));
    expect(came).toHaveLength(3);
    const gaps = came.slice(1).map((at, index) => at - came[index]!);
    // Timers may fire a fraction of a millisecond early.
    expect(Math.min(...gaps)).toBeGreaterThan(tryGapMs - 2);
  });

  test("is cut by the end of the audit and then accuses nobody", async () => {
    const port = await rawServer(() => undefined);
    const tools = toolsOf({ session: { timeoutMs: 200 } });
    expect((await seeTls(at(port), HOST, tools)).sight).toEqual({ unseen: "deadline" });
  });
});

test("an anonymous suite leaves a chain without certificates", async () => {
  const anonymous = { ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2" } as const;
  const port = await serveTls({ ...anonymous, key: undefined, cert: undefined });
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...anonymous });
  await once(socket, "secureConnect");
  const read = createCertificateShelf().read(socket, HOST, Date.now());
  socket.destroy();
  expect(read).toEqual({ chain: [], certificateFaults: [], chainCode: null });
});
