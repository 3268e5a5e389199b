import { X509Certificate, createHash } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type TlsOptions, createServer } from "node:tls";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createProbe } from "../../src/probes/index.ts";
import { type Made, make } from "./support/chains.ts";
import { loopbackOptions, order, target, verdict } from "./support/runs.ts";
import { addressRecord, httpAnswer, serveDns } from "./support/servers.ts";

const DAY = 86_400_000;
const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

let root: Made;
let intermediate: Made;
let leaf: Made;
const names = [{ type: "dns", value: "portal.test" }] as const;

beforeAll(async () => {
  root = await make({ subject: "CN=Root", toDay: 900 });
  intermediate = await make({ subject: "CN=Intermediate", issuer: root, toDay: 5 });
  const addresses = ["127.0.0.1", "2001:db8:0:0:0:0:0:1"].map(
    (value) => ({ type: "ip", value }) as const,
  );
  leaf = await make({
    subject: "CN=portal.test, O=Cổng thử",
    issuer: intermediate,
    names: [...names, ...addresses],
  });
});

/** One run against a TLS server on 127.0.0.1, under this host name. */
async function run(options: TlsOptions, host = "portal.test") {
  const greeted: (string | false | null)[] = [];
  const server = createServer(options, (socket) => {
    greeted.push(socket.servername);
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(httpAnswer("hello")));
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const dns = await serveDns((name) => [addressRecord(name, "127.0.0.1")]);
  const probe = createProbe(loopbackOptions(dns.server, { extraRoots: [root.pem] }));
  open.push(dns, probe, { close: () => void server.close() });
  const { port } = server.address() as AddressInfo;
  const result = await probe.run(target(`https://${host}:${port}/`), order("ip4"));
  return { result, greeted };
}

const serving = (own: Made, ...chain: readonly Made[]) => ({
  cert: [own, ...chain].map(({ pem }) => pem).join(""),
  key: own.keyPem,
});

/** The same certificate with an end that is no date; the signature no longer fits, which a hostile server minds little. */
function withUnreadableEnd({ pem }: Made): string {
  const der = Buffer.from(new X509Certificate(pem).raw);
  const utcTime = Buffer.from([0x17, 13]);
  const end = der.indexOf(utcTime, der.indexOf(utcTime) + 2);
  der.write("99bad00000000", end + 2, "latin1");
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
}

const days = (to: string | undefined) => Math.round((Date.parse(to ?? "") - Date.now()) / DAY);

describe("a valid certificate", () => {
  test("is told with its facts, the earliest end of the presented chain included", async () => {
    const { result, greeted } = await run(serving(leaf, intermediate));
    expect(verdict(result)).toBe("ok");
    const { raw } = new X509Certificate(leaf.pem);
    const { certificate } = result;
    expect(certificate).toMatchObject({
      fingerprint: createHash("sha256").update(raw).digest("hex"),
      issuer: "CN=Intermediate",
      names: ["portal.test", "127.0.0.1", "2001:db8::1"],
      keyType: "ec",
      keyBits: 256,
      chainLength: 2,
    });
    expect([days(certificate?.notAfter), days(certificate?.earliestNotAfter)]).toEqual([30, 5]);
    expect(certificate?.subject).toContain("portal.test");
    expect(greeted).toEqual(["portal.test"]);
  });

  test("of a literal address is verified by that address, and no server name is sent", async () => {
    const { result, greeted } = await run(serving(leaf, intermediate), "127.0.0.1");
    expect(verdict(result)).toBe("ok");
    expect(greeted).toEqual([false]);
  });

  test("holds for a host that is written with a trailing dot, which is not sent", async () => {
    const { result, greeted } = await run(serving(leaf, intermediate), "portal.test.");
    expect(verdict(result)).toBe("ok");
    expect(greeted).toEqual(["portal.test"]);
  });

  test("may have an RSA key", async () => {
    const rsa = await make({
      subject: "CN=portal.test",
      issuer: intermediate,
      names,
      rsaBits: 2048,
    });
    const { result } = await run(serving(rsa, intermediate));
    expect(result.certificate).toMatchObject({ keyType: "rsa", keyBits: 2048 });
  });

  test("may list hundreds of names, of which a hundred are kept", async () => {
    const many = Array.from(
      { length: 300 },
      (_, n) => ({ type: "dns", value: `n${n}.test` }) as const,
    );
    const wide = await make({ subject: "CN=x", issuer: intermediate, names: [...many, ...names] });
    const { result } = await run(serving(wide, intermediate));
    expect(verdict(result)).toBe("ok");
    expect(result.certificate?.names).toHaveLength(100);
  });
});

describe("an invalid certificate", () => {
  test("fails the run, and facts, status and timings are there all the same", async () => {
    const alone = await run(serving(leaf));
    expect(verdict(alone.result)).toBe("fail tls_incomplete_chain target");
    expect(alone.result).toMatchObject({
      status: 200,
      bodyBytes: 5,
      certificate: { chainLength: 1 },
    });
    expect(alone.result.phasesMs.tls).toBeGreaterThan(0);
    expect(alone.result.evidence).toMatchObject({
      phase: "tls",
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      detail: { faults: ["tls_incomplete_chain"] },
    });
  });

  test("further up the chain fails it too", async () => {
    const { keys } = intermediate;
    const old = await make({
      subject: "CN=Intermediate",
      issuer: root,
      keys,
      fromDay: -9,
      toDay: -1,
    });
    const { result } = await run(serving(leaf, old));
    expect(verdict(result)).toBe("fail tls_expired target");
    expect(result.evidence?.code).toBe("CERT_HAS_EXPIRED");
  });

  test("with several faults tells them all", async () => {
    const own = await make({
      subject: "CN=x",
      names: [{ type: "dns", value: "other.test" }],
      fromDay: -9,
      toDay: -1,
    });
    const { result } = await run(serving(own));
    expect(result.evidence?.detail).toMatchObject({
      faults: ["tls_expired", "tls_self_signed", "tls_hostname"],
      names: ["other.test"],
    });
  });
});

describe("a handshake that does not come about", () => {
  test("for want of a common version is tls_handshake", async () => {
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1" } as const;
    const { result } = await run({ ...serving(leaf), ...old, ciphers: "DEFAULT@SECLEVEL=0" });
    expect(verdict(result)).toBe("fail tls_handshake target");
    expect(result.evidence?.code).toMatch(/^ERR_SSL_/);
  });

  test("because the server wants to know us is tls_handshake, whenever it says so", async () => {
    for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
      const strict = { ...serving(leaf, intermediate), requestCert: true, maxVersion };
      const { result } = await run(strict);
      expect(verdict(result)).toBe("fail tls_handshake target");
    }
  });
});

describe("a certificate whose end is no date", () => {
  test("is the portal's fault, not ours", async () => {
    const { result } = await run({ ...serving(leaf), cert: withUnreadableEnd(leaf) });
    expect(verdict(result)).toBe("fail tls_expired target");
    expect(result.certificate?.notAfter).toBe("1970-01-01T00:00:00.000Z");
  });
});
