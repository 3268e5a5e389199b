import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { Answer } from "dns-packet";
import { entryPlan, hopPlan, readPortalUrl, variantPlan } from "../../../src/probes/audit/entry.ts";
import { type Audit, createAudit } from "../../../src/probes/audit/index.ts";
import { addressRecord, answerWith, httpAnswer, serveDns } from "../support/servers.ts";
import { listening } from "./support/listening.ts";
import { QUICK, auditOrder, word } from "./support/lab-audits.ts";

const audits: Audit[] = [];
afterAll(() => audits.forEach((audit) => audit.close()));

const plan = (url: string) => entryPlan(new URL(url), 8080);

describe("what an audit goes to", () => {
  test("is the URL itself over TLS, and the root of its host over plain HTTP", () => {
    const { host, role, httpsPort, httpPort, urls } = plan("https://cong.test:8443/vi?a=1#x");
    expect([host, role, httpsPort, httpPort]).toEqual(["cong.test", "entry", 8443, 8080]);
    expect(urls?.https.href).toBe("https://cong.test:8443/vi?a=1");
    expect(urls?.http.href).toBe("http://cong.test:8080/");
  });

  test("of an http URL is its own port in place of 80 and its own path there", () => {
    const { httpsPort, httpPort, urls } = plan("http://cong.test/vi");
    expect([httpsPort, httpPort]).toEqual([443, 80]);
    expect(urls?.http.href).toBe("http://cong.test/vi");
    expect(urls?.https.href).toBe("https://cong.test/vi");
  });

  test.each([
    ["https://cong.test/", "www.cong.test"],
    ["https://www.cong.test/", "cong.test"],
    ["https://www.test/", null],
    ["https://192.0.2.1/", null],
    ["https://[2001:db8::1]/", null],
  ])("beside %s is %s", (url, variant) => {
    expect(variantPlan(new URL(url), plan(url))?.host ?? null).toBe(variant);
  });

  test("of a hop is its host, at the port where the hop leads", () => {
    expect(hopPlan(new URL("http://xa.test:81/"), 8080)).toMatchObject({
      role: "hop",
      httpsPort: 443,
      httpPort: 81,
      urls: null,
    });
  });

  test("is nothing for what is no web address", () => {
    expect(["x", "ftp://x/", "mailto:x@y"].map(readPortalUrl)).toEqual([null, null, null]);
  });
});

describe("a portal with many addresses and a www variant", () => {
  async function observe(records: (name: string, type: string) => readonly Answer[] | number) {
    const { port } = await listening(answerWith(httpAnswer("<title>Cổng</title>")));
    const dns = await serveDns(records);
    onTestFinished(() => dns.close());
    const audit = createAudit({
      vantage: "test",
      dnsServers: [dns.server],
      rootHints: [],
      authorityPort: 9,
      httpPort: port,
      allowedNetworks: ["127.0.0.0/8"],
      extraRoots: [],
      contact: null,
      timeoutMs: 20_000,
      tryGapMs: 5,
      limits: QUICK,
    });
    audits.push(audit);
    return audit.run({ url: `http://cong.test:${port}/` }, auditOrder());
  }

  test("has eight addresses of a family visited and the rest counted", async () => {
    const { facts } = await observe((name, type) => {
      if (type !== "A" || name !== "cong.test") return [];
      return Array.from({ length: 20 }, (_, n) => addressRecord(name, `127.0.8.${n + 1}`));
    });
    expect(facts.hosts[0]).toMatchObject({ beyond: 12, addresses: { length: 8 } });
    const ports = facts.hosts[0]!.addresses.map(({ http }) => word(http));
    expect(new Set(ports)).toEqual(new Set(["refused"]));
  });

  test("has its variant looked at as well, but for TLS versions", async () => {
    const { facts } = await observe((name, type) =>
      type === "A" && /^(www\.)?cong\.test$/.test(name) ? [addressRecord(name, "127.0.0.1")] : [],
    );
    expect(facts.hosts.map(({ host, role }) => `${role} ${host}`)).toEqual([
      "entry cong.test",
      "variant www.cong.test",
    ]);
    const { plain, https, versions } = facts.hosts[1]!.addresses[0]!;
    expect(plain).toMatchObject({ outcome: "answered", status: 200 });
    expect([https, versions.TLSv1].map(word)).toEqual(["refused", "not_reached"]);
    expect(word(facts.chains.ip4)).toBe("arrived");
    expect(word(facts.chains.ip6)).toBe("not_reached");
  });
});
