import { connect } from "node:tls";
import { Resolver } from "node:dns/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ScaleLab, type ScalePortal, startScaleLab } from "../../lab/scale.ts";
import { get, headOf } from "../support/lab-client.ts";

let lab: ScaleLab;

beforeAll(async () => {
  lab = await startScaleLab({ portals: 60, addresses: 50, bodyBytes: 1000 });
});
afterAll(() => lab.stop());

async function addresses({ host }: ScalePortal) {
  const resolver = new Resolver();
  resolver.setServers([lab.dnsServer]);
  return { ip4: (await resolver.resolve4(host))[0]!, ip6: (await resolver.resolve6(host))[0]! };
}

/** A full TLS handshake with a verified certificate, and a GET. */
async function visit(portal: ScalePortal, address: string) {
  const socket = connect({
    host: address,
    port: Number(new URL(portal.url).port),
    servername: portal.host,
    ca: lab.caPem,
  });
  const received = await get(socket, portal.host);
  return headOf(received).status;
}

describe("the scale lab", () => {
  test("portals are healthy over both families, on as many addresses as asked for", async () => {
    const found = await Promise.all(lab.portals.map(addresses));
    expect(new Set(found.map(({ ip4 }) => ip4)).size).toBe(50);
    for (const [i, portal] of lab.portals.entries()) {
      const { ip4, ip6 } = found[i]!;
      expect(await visit(portal, i % 2 === 0 ? ip4 : ip6)).toBe(200);
    }
    expect(lab.counts()).toEqual({ connections: 60, dropped: 0, requests: 60 });
  });

  test("the control portal has an IPv4 address that no other portal has", async () => {
    const own = await addresses(lab.control);
    const others = await Promise.all(lab.portals.map(addresses));
    expect(others.map(({ ip4 }) => ip4)).not.toContain(own.ip4);
    expect(await visit(lab.control, own.ip4)).toBe(200);
  });

  test("its anchors are hosts of its own with a verified certificate", async () => {
    expect(lab.anchors).toHaveLength(3);
    for (const anchor of lab.anchors) {
      const { hostname: host } = new URL(`https://${anchor}`);
      const portal = { id: host, host, url: `https://${anchor}/` };
      expect(await visit(portal, (await addresses(portal)).ip6)).toBe(200);
    }
  });

  test("more addresses than a group has are refused", async () => {
    await expect(startScaleLab({ addresses: 251 })).rejects.toThrow("250");
  });
});

describe("a scale lab whose portals stand apart", () => {
  let apart: ScaleLab;
  beforeAll(async () => {
    apart = await startScaleLab({ portals: 60, apart: true, bodyBytes: 100 });
  });
  afterAll(() => apart.stop());

  const put = async (path: string, body: object) => {
    const url = `${apart.controlUrl}/${path}`;
    return (await fetch(url, { method: "PUT", body: JSON.stringify(body) })).status;
  };

  /** The certificate's fingerprint, or the code of what went wrong. */
  const meet = async ({ host, url }: ScalePortal): Promise<string> => {
    const resolver = new Resolver();
    resolver.setServers([apart.dnsServer]);
    const [address = ""] = await resolver.resolve4(host);
    const socket = connect({
      host: address,
      port: Number(new URL(url).port),
      servername: host,
      ca: apart.caPem,
    });
    return new Promise((resolve) => {
      socket.once("secureConnect", () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
    });
  };

  test("they share no IPv4 /24 and no certificate", async () => {
    const resolver = new Resolver();
    resolver.setServers([apart.dnsServer]);
    const found = await Promise.all(apart.portals.map(({ host }) => resolver.resolve4(host)));
    const prefixes = found.map(([address = ""]) => address.split(".").slice(0, 3).join("."));
    expect(new Set(prefixes).size).toBe(60);
    const met = await Promise.all(apart.portals.slice(0, 10).map(meet));
    expect(new Set(met).size).toBe(10);
  });

  test("each can be broken and mended from another process", async () => {
    const [first, second] = apart.portals as [ScalePortal, ScalePortal];
    expect(await put(`portals/${first.id}`, { broken: true })).toBe(200);
    expect([await meet(first), (await meet(second)).length]).toEqual(["ECONNREFUSED", 95]);
    expect(await put(`portals/${first.id}`, { broken: false })).toBe(200);
    expect(await meet(first)).toHaveLength(95);
    expect([await put("portals/nobody", { broken: true }), await put("network", { x: 1 })]).toEqual(
      [404, 400],
    );
  });

  test("about the share of connections that is asked for is dropped, the same ones for the same seed", async () => {
    await put("network", { drops: { ratio: 0.3, seed: 5 } });
    const before = apart.counts().dropped;
    const met = await Promise.all(apart.portals.slice(10).map(meet));
    await put("network", { drops: { ratio: 0, seed: 5 } });
    const dropped = met.filter((one) => one.length !== 95);
    expect(apart.counts().dropped - before).toBe(dropped.length);
    expect(dropped.length).toBeGreaterThan(5);
    expect(dropped.length).toBeLessThan(28);
  });
});
