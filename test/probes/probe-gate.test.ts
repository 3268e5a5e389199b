import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../lab/index.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import { type Probe, createProbe } from "../../src/probes/index.ts";
import { labOptions, order, target, vantage, verdict } from "./support/runs.ts";

let lab: Lab;
let probe: Probe;

beforeAll(async () => {
  const only = [
    "healthy",
    "ipv4-only",
    "a-private",
    "dns-nxdomain",
    "dns-servfail",
    "redirect-good",
  ];
  lab = await startLab({ only });
  probe = createProbe(labOptions(lab));
});
afterAll(async () => {
  probe.close();
  await lab.stop();
});

const portal = (id: string) => target(lab.portal(id).url);
const run = async (id: string, ...given: Parameters<typeof order>) =>
  verdict(await probe.run(portal(id), order(...given)));

describe("a closed gate", () => {
  test.each(FAMILIES)("of %s lets no packet to a portal and makes it unknown", async (family) => {
    const before = lab.connections("healthy")[family];
    const gate = vantage({ closed: [family] });
    const kind = family === "ip4" ? "vantage_no_ipv4" : "vantage_no_ipv6";
    expect(await run("healthy", family, { gate })).toBe(`unknown ${kind} internal`);
    expect(lab.connections("healthy")[family]).toBe(before);
  });

  test("does not close the other family", async () => {
    const gate = vantage({ closed: ["ip6"] });
    expect(await run("healthy", "ip4", { gate })).toBe("ok");
  });

  test("leaves to the resolver what only needs a resolver", async () => {
    const gate = vantage({ closed: ["ip4", "ip6"] });
    expect(await run("ipv4-only", "ip6", { gate })).toBe("no_address");
    expect(await run("dns-nxdomain", "ip6", { gate })).toBe("fail no_address_at_all target");
    expect(await run("dns-servfail", "ip6", { gate })).toBe("unknown dns_servfail resolver");
  });

  test("accuses nobody who publishes an address, not even of a special-purpose one", async () => {
    const gate = vantage({ closed: ["ip4"] });
    expect(await run("a-private", "ip4", { gate })).toBe("unknown vantage_no_ipv4 internal");
  });

  test("that closes while a run is under way stops it at its next hop", async () => {
    const gate = vantage();
    const { ip4, ip6 } = gate.families;
    let looked = 0;
    const closing = {
      ...gate,
      get families() {
        looked += 1;
        return { ip4: { ...ip4, healthy: looked < 2 }, ip6 };
      },
    };
    const result = await probe.run(portal("redirect-good"), order("ip4", { gate: closing }));
    expect(verdict(result)).toBe("unknown vantage_no_ipv4 internal");
    expect(result.redirects).toHaveLength(1);
  });
});

describe("a resolver", () => {
  test("that is not proven is not asked, and everything is unknown", async () => {
    const { host } = lab.portal("healthy");
    const before = lab.queries(host);
    const gate = vantage({ resolver: { usable: false, why: "" } });
    for (const family of FAMILIES) {
      expect(await run("healthy", family, { gate })).toBe("unknown resolver_unusable resolver");
    }
    expect(lab.queries(host)).toBe(before);
  });

  test("that is doubtful proves no absence, while what it finds is probed", async () => {
    const gate = vantage({ resolver: { usable: true, why: "", doubtful: true } });
    expect(await run("ipv4-only", "ip6", { gate })).toBe("unknown resolver_unusable resolver");
    expect(await run("dns-nxdomain", "ip4", { gate })).toBe("unknown resolver_unusable resolver");
    expect(await run("healthy", "ip4", { gate })).toBe("ok");
  });
});
