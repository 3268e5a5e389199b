import "reflect-metadata";
import { X509Certificate as NodeCertificate } from "node:crypto";
import { connect } from "node:tls";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import {
  certificateFacts,
  createCertificateShelf,
} from "../../../src/probes/audit/certificates.ts";
import { type Wanted, make } from "../support/chains.ts";
import { serveTls } from "./support/tls-servers.ts";

const DAY = 86_400_000;

async function factsOf(wanted: Partial<Wanted>) {
  const { pem } = await make({ subject: "CN=portal.test", ...wanted });
  return certificateFacts(new NodeCertificate(pem));
}

/** The facts of a certificate whose notBefore (UTCTime, RFC 5280 section 4.1.2.5.1) begins with these digits. */
async function withNotBefore(digits: string) {
  const { pem } = await make({ subject: "CN=odd.test" });
  const der = Buffer.from(new NodeCertificate(pem).raw);
  const dates = Buffer.from("301e170d", "hex");
  der.write(digits, der.indexOf(dates) + dates.length, "latin1");
  return certificateFacts(new NodeCertificate(der));
}

const dns = (value: string) => ({ type: "dns" as const, value });

describe("the facts of a certificate", () => {
  test("are its names, dates, key, signature and DER form", async () => {
    const facts = await factsOf({ names: [dns("portal.test"), { type: "ip", value: "::1" }] });
    expect(facts).toMatchObject({
      subject: "CN=portal.test",
      issuer: "CN=portal.test",
      names: ["portal.test", "::1"],
      namesBeyond: 0,
      keyType: "ec",
      keyBits: 256,
      signatureAlgorithm: "ecdsa-with-SHA256",
      selfIssued: true,
    });
    expect(Date.parse(facts.notAfter) - Date.parse(facts.notBefore)).toBe(31 * DAY);
    const again = new NodeCertificate(Buffer.from(facts.der ?? "", "base64"));
    expect(again.serialNumber).toBe(facts.serial);
  });

  test("an RSA key is told with its size", async () => {
    expect(await factsOf({ rsaBits: 2048 })).toMatchObject({ keyType: "rsa", keyBits: 2048 });
  });

  test("of thousands of names a hundred are kept and the rest is counted", async () => {
    const names = Array.from({ length: 5000 }, (_, at) => dns(`portal-${at}.test`));
    const facts = await factsOf({ names });
    expect(facts.names).toHaveLength(100);
    expect(facts.namesBeyond).toBe(4900);
    // Some 90 KiB: more than is kept of the DER form.
    expect(facts.der).toBe(null);
  });

  test("dates before the epoch and beyond the century are told as they are", async () => {
    const old = await withNotBefore("60");
    expect(old.notBefore).toMatch(/^1960-/);
    const far = await factsOf({ toDay: 400_000 });
    expect(new Date(far.notAfter).getUTCFullYear()).toBeGreaterThan(3000);
  });

  test("a date that nobody can read counts as the epoch, and a strange key as unknown", async () => {
    expect((await withNotBefore("2699")).notBefore).toBe("1970-01-01T00:00:00.000Z");
    const { pem } = await make({ subject: "CN=odd.test" });
    const der = Buffer.from(new NodeCertificate(pem).raw);
    // The curve's object identifier, made into one that does not exist.
    const curve = Buffer.from("2a8648ce3d030107", "hex");
    der[der.indexOf(curve) + curve.length - 1] = 0x7f;
    expect(certificateFacts(new NodeCertificate(der))).toMatchObject({
      keyType: "unknown",
      keyBits: null,
    });
  });
});

test("a shelf keeps each certificate once and no more than 64", async () => {
  const shelf = createCertificateShelf();
  for (let number = 0; number < 66; number += 1) {
    const { pem, keyPem } = await make({ subject: `CN=${number}.test`, names: [dns("localhost")] });
    const port = await serveTls({ cert: pem, key: keyPem });
    for (let visit = 0; visit < 2; visit += 1) {
      const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
      await once(socket, "secureConnect");
      expect(shelf.read(socket, "localhost", Date.now())).toMatchObject({
        certificateFaults: ["tls_self_signed"],
      });
      socket.destroy();
    }
  }
  expect(Object.keys(shelf.kept)).toHaveLength(64);
});
