import { X509Certificate } from "node:crypto";
import { checkServerIdentity } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { addressesOf, connectTo, secureTo } from "../support/lab-client.ts";

let lab: Lab;

const IDS = [
  "healthy",
  "certificate-differs",
  "expired",
  "not-yet-valid",
  "expires-soon",
  "wrong-host",
  "self-signed",
  "incomplete-chain",
  "untrusted-root",
  "untrusted-issuer",
  "tls-silent",
  "tls-garbage",
  "tls-reset",
  "tls-closes",
];

beforeAll(async () => {
  lab = await startLab({ only: IDS });
});
afterAll(() => lab.stop());

/** What a TLS client sees: OpenSSL's verdict on the chain, whether the name fits, how many certificates came. */
async function sight(id: string, family: "ip4" | "ip6" = "ip4") {
  const portal = lab.portal(id);
  const socket = await secureTo(lab, portal, family);
  if (typeof socket === "string") throw new Error(`${id}: ${socket}`);
  const peer = socket.getPeerCertificate(true);
  const fits = checkServerIdentity(portal.host, peer) === undefined;
  const error: unknown = socket.authorizationError;
  const leaf = socket.getPeerX509Certificate()!;
  socket.destroy();
  return { code: error ?? null, fits, leaf };
}

describe("certificates of the lab", () => {
  test.each([
    ["healthy", null, true],
    ["expires-soon", null, true],
    ["expired", "CERT_HAS_EXPIRED", true],
    ["not-yet-valid", "CERT_NOT_YET_VALID", true],
    ["wrong-host", "ERR_TLS_CERT_ALTNAME_INVALID", false],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT", true],
    ["incomplete-chain", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", true],
    ["untrusted-root", "SELF_SIGNED_CERT_IN_CHAIN", true],
    ["untrusted-issuer", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", true],
  ])("%s is judged %s by OpenSSL over both families", async (id, code, fits) => {
    expect(await sight(id, "ip4")).toMatchObject({ code, fits });
    expect(await sight(id, "ip6")).toMatchObject({ code, fits });
  });

  test("the certificate that differs is valid over IPv4 and expired over IPv6", async () => {
    const [v4, v6] = [
      await sight("certificate-differs"),
      await sight("certificate-differs", "ip6"),
    ];
    expect([v4.code, v6.code]).toEqual([null, "CERT_HAS_EXPIRED"]);
    expect(v4.leaf.fingerprint256).not.toBe(v6.leaf.fingerprint256);
  });

  test("leaves name their host and their addresses, and use P-256", async () => {
    const { leaf } = await sight("healthy");
    const { host } = lab.portal("healthy");
    const [ip4] = (await addressesOf(lab, host, "ip4")) as string[];
    expect(leaf.checkHost(host)).toBe(host);
    expect(leaf.checkIP(ip4!)).toBe(ip4);
    expect(leaf.checkIP("::1")).toBe("::1");
    expect(leaf.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  });

  test("the root is a certification authority and issues through an intermediate only", async () => {
    const root = new X509Certificate(lab.caPem);
    const { leaf } = await sight("healthy");
    expect(root.ca).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(leaf.checkIssued(root)).toBe(false);
  });

  test("each start makes a new authority", async () => {
    const other = await startLab({ only: ["healthy"] });
    await other.stop();
    expect(other.caPem).not.toBe(lab.caPem);
  });
});

describe("handshakes of the lab", () => {
  test("a silent server accepts, reads the ClientHello and says nothing while others answer", async () => {
    const pending = secureTo(lab, lab.portal("tls-silent"), "ip6").then(() => "answered");
    for (let i = 0; i < 5; i += 1) await sight("healthy");
    expect(await Promise.race([pending, Promise.resolve("silent")])).toBe("silent");
    expect(lab.connections("tls-silent").ip6).toBe(1);
    await lab.setBehaviour("tls-silent", "tls-reset");
    expect(await pending).toBe("answered");
  });

  test.each([
    ["tls-garbage", /^ERR_SSL_/],
    ["tls-reset", /^ECONNRESET$/],
    ["tls-closes", /^ECONNRESET$/],
  ])("%s fails after the connect with a code like %s", async (id, code) => {
    const portal = lab.portal(id);
    expect(await connectTo(lab, portal, "ip4")).toHaveProperty("remoteAddress");
    expect(await secureTo(lab, portal, "ip4")).toMatch(code);
    expect(await secureTo(lab, portal, "ip6")).toMatch(code);
  });
});
