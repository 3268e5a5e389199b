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
    expect(lab.counts()).toEqual({ connections: 60, requests: 60 });
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
