import { type Socket } from "node:net";
import { type SecureVersion, connect, createSecureContext } from "node:tls";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { TLS_VERSIONS, type TlsSight, type TlsVersion } from "../../../src/domain/audit/host.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import { createTlsOffers, offers } from "../../../src/probes/audit/tls-offers.ts";
import { seeVersions } from "../../../src/probes/audit/versions.ts";
import { listening } from "./support/listening.ts";
import { pipeTo } from "./support/pipe.ts";
import { at, toolsOf } from "./support/tools.ts";
import { serveTls } from "./support/tls-servers.ts";

/** As if no handshake had shown a version yet. */
const UNKNOWN = { outcome: "alert", protocol: null } as TlsSight;

async function outcomes(port: number, tools = toolsOf()): Promise<Record<string, string>> {
  const seen = await seeVersions(at(port), "localhost", UNKNOWN, tools);
  return Object.fromEntries(
    Object.entries(seen).map(([name, sight]) => [
      name,
      isUnseen(sight) ? sight.unseen : sight.outcome,
    ]),
  );
}

function range(minVersion: SecureVersion, maxVersion: SecureVersion) {
  return { minVersion, maxVersion, ciphers: "DEFAULT@SECLEVEL=0" };
}

const verdicts = (one: string, two: string, three: string, four: string) => ({
  TLSv1: one,
  "TLSv1.1": two,
  "TLSv1.2": three,
  "TLSv1.3": four,
});

describe("our own library", () => {
  test.each([...TLS_VERSIONS])(
    "offers %s, and a server of that version agrees",
    async (version) => {
      const tlsOffers = createTlsOffers([]);
      expect(await tlsOffers.canOffer(version)).toBe(true);
      const port = await serveTls(range(version, version));
      const secureContext = tlsOffers.alone[version];
      const socket = connect({ port, host: "127.0.0.1", secureContext, rejectUnauthorized: false });
      await once(socket, "secureConnect");
      expect(socket.getProtocol()).toBe(version);
      socket.destroy();
    },
  );

  test("says that it can't offer what it is not allowed to", async () => {
    const strict = {
      minVersion: "TLSv1",
      maxVersion: "TLSv1",
      ciphers: "DEFAULT@SECLEVEL=2",
    } as const;
    expect(await offers("TLSv1", createSecureContext(strict))).toBe(false);
    const newest = createSecureContext({ minVersion: "TLSv1.3" });
    expect(await offers("TLSv1.2", newest)).toBe(false);
    expect(await offers("TLSv1.3", newest)).toBe(true);
  });

  test("is never taken for the server: a version that it can't offer is not_offered", async () => {
    const port = await serveTls(range("TLSv1", "TLSv1.3"));
    const tools = toolsOf();
    const canOffer = async (version: TlsVersion) => version !== "TLSv1";
    const without = { ...tools, offers: { ...tools.offers, canOffer } };
    const seen = await outcomes(port, without);
    expect(seen).toEqual(verdicts("not_offered", "accepted", "accepted", "accepted"));
  });
});

describe("each version alone", () => {
  test.each<[SecureVersion, SecureVersion, Record<string, string>]>([
    ["TLSv1", "TLSv1.3", verdicts("accepted", "accepted", "accepted", "accepted")],
    ["TLSv1.2", "TLSv1.3", verdicts("refused", "refused", "accepted", "accepted")],
    ["TLSv1", "TLSv1.1", verdicts("accepted", "accepted", "refused", "refused")],
    ["TLSv1.3", "TLSv1.3", verdicts("refused", "refused", "refused", "accepted")],
  ])("is told of a server from %s to %s", async (from, to, expected) => {
    expect(await outcomes(await serveTls(range(from, to)))).toEqual(expected);
  });

  test("a version that the first handshake has shown is not asked for again", async () => {
    let handshakes = 0;
    const port = await serveTls(range("TLSv1.2", "TLSv1.3"), () => (handshakes += 1));
    const shown = { outcome: "completed", protocol: "TLSv1.3" } as TlsSight;
    const seen = await seeVersions(at(port), "localhost", shown, toolsOf());
    expect(seen["TLSv1.3"]).toEqual({ outcome: "accepted", code: null });
    expect(handshakes).toBe(1);
  });

  test.each<[string, (socket: Socket) => void]>([
    ["closes on everyone", (socket) => socket.end()],
    ["resets everyone", (socket) => socket.resetAndDestroy()],
    ["speaks HTTP", (socket) => socket.end("HTTP/1.1 400 No\r\n\r\n")],
    ["says nothing", () => undefined],
  ])("no refusal is believed of a server that %s", async (_what, answer) => {
    const { port } = await listening((socket) => void socket.once("data", () => answer(socket)));
    const tools = toolsOf({ limits: { tcpMs: 500, tlsMs: 200, httpMs: 500, gateMs: 500 } });
    expect(await outcomes(port, tools)).toEqual(
      verdicts("unclear", "unclear", "unclear", "unclear"),
    );
  });

  test("a reset for old versions stays unclear while a close is a refusal", async () => {
    const upstream = await serveTls({ minVersion: "TLSv1.2" });
    const old = (hello: Buffer) => hello[9] === 3 && (hello[10] ?? 9) < 3;
    const front = async (refuse: (socket: Socket) => void) => {
      const { port } = await listening((socket) => {
        socket.once("data", (hello: Buffer) => {
          if (old(hello)) return refuse(socket);
          pipeTo(upstream, socket, hello);
        });
      });
      return outcomes(port);
    };
    const reset = await front((socket) => void socket.resetAndDestroy());
    expect(reset).toEqual(verdicts("unclear", "unclear", "accepted", "accepted"));
    const closed = await front((socket) => void socket.end());
    expect(closed).toEqual(verdicts("refused", "refused", "accepted", "accepted"));
  });
});
