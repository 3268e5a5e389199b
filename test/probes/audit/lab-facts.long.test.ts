import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import type { AuditStep } from "../../../src/probes/audit/index.ts";
import { auditOf, entryOf, word } from "./support/lab-audits.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({
    only: [
      "healthy",
      "ipv6-dead",
      "ipv6-refused",
      "partial-addresses",
      "aaaa-documentation",
      "certificate-other",
      "ocsp-stapled",
      "hsts-doubled",
      "http-elsewhere",
      "http-closed",
      "wall-ipv6",
      "careful",
      "redirect-family-gap",
      "redirect-loop",
      "redirect-chain",
      "redirect-invalid",
      "redirect-inside",
      "redirect-ipv6-refused",
      "redirect-to-http",
      "http-redirects",
      "flapping",
      "headers-slow",
      "closes",
      "garbage",
      "headers-endless",
      "dns-servfail",
      "idn",
    ],
  });
});
afterAll(() => lab.stop());
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

function chains({ facts }: AuditObservation): string[] {
  return (["ip4", "ip6"] as const).map((family) => {
    const chain = facts.chains[family];
    if (isUnseen(chain)) return chain.unseen;
    return chain.kind === null ? chain.outcome : `${chain.outcome} ${chain.kind}`;
  });
}

describe("an audit of a healthy portal", () => {
  test("sees everything, takes times of every stage, and tells its steps", async () => {
    const steps: AuditStep[] = [];
    const order = { progress: (step: AuditStep) => void steps.push(step) };
    const observation = await auditOf(lab, "healthy", { order });
    expect(new Set(steps)).toEqual(
      new Set(["names", "zone", "mail", "addresses", "redirects", "page", "timings", "gate"]),
    );
    for (const family of ["ip4", "ip6"] as const) {
      const { https, http, tls, answer, plain } = entryOf(observation, family);
      expect([https, http, tls, answer, plain].map(word)).toEqual([
        "open",
        "open",
        "completed",
        "answered",
        "answered",
      ]);
      for (const times of Object.values(observation.timings[family])) {
        expect(times.length).toBeGreaterThanOrEqual(3);
        expect(times.length).toBeLessThanOrEqual(5);
      }
    }
    expect(chains(observation)).toEqual(["arrived", "arrived"]);
    expect(observation.facts.page.parity).toMatchObject({ similarity: 1, sameTitle: true });
    expect(word(observation.facts.page.securityTxt)).toBe("absent");
    expect(word(observation.facts.zone)).toBe("seen");
    expect(observation).toMatchObject({ url: lab.portal("healthy").url, vantage: "test" });
  });

  test("gives the same facts when it is repeated", async () => {
    // How many tries a busy machine needs is no fact of the portal.
    const steady = ({ facts }: AuditObservation) =>
      JSON.stringify(facts, (key, value: unknown) => (key === "failedTries" ? 0 : value));
    const [one, two] = [await auditOf(lab, "idn"), await auditOf(lab, "idn")];
    expect(steady(two)).toBe(steady(one));
  });
});

describe("addresses", () => {
  test("that are closed or dead are told by port, and what comes after is not reached", async () => {
    const refused = entryOf(await auditOf(lab, "ipv6-refused"), "ip6");
    expect(refused.https).toEqual({ outcome: "refused", code: "ECONNREFUSED", failedTries: 3 });
    expect(refused.http).toMatchObject({ outcome: "open", failedTries: 0 });
    expect([refused.tls, refused.answer].map(word)).toEqual(["not_reached", "not_reached"]);
    const dead = entryOf(await auditOf(lab, "ipv6-dead"), "ip6");
    expect(dead.https).toEqual({ outcome: "timeout", code: "ATTEMPT", failedTries: 3 });
  });

  test("are all visited, not only the first", async () => {
    const { facts } = await auditOf(lab, "partial-addresses");
    const ip4 = facts.hosts[0]!.addresses.filter(({ family }) => family === "ip4");
    expect(ip4.map(({ https }) => word(https)).sort()).toEqual(["open", "refused"]);
  });

  test("that the address rule refuses get no packet", async () => {
    const { https, tls, address } = entryOf(await auditOf(lab, "aaaa-documentation"), "ip6");
    expect(address).toMatchObject({ special: "documentation_2001_db8", usable: false });
    expect([https, tls].map(word)).toEqual(["refused_here", "refused_here"]);
  });
});

describe("TLS and answers", () => {
  test("each family has its own certificate, both kept", async () => {
    const observation = await auditOf(lab, "certificate-other");
    const leaves = (["ip4", "ip6"] as const).map((family) => {
      const { tls } = entryOf(observation, family);
      return isUnseen(tls) ? null : tls.chain[0];
    });
    expect(new Set(leaves).size).toBe(2);
    const { certificates } = observation.facts;
    for (const leaf of leaves) expect(certificates[leaf!]).toMatchObject({ namesBeyond: 0 });
  });

  test("a stapled OCSP response is noticed", async () => {
    expect(entryOf(await auditOf(lab, "ocsp-stapled")).tls).toMatchObject({ ocspStapled: true });
    expect(entryOf(await auditOf(lab, "healthy")).tls).toMatchObject({ ocspStapled: false });
  });

  test("every line of a header is kept by itself", async () => {
    expect(entryOf(await auditOf(lab, "hsts-doubled")).answer).toMatchObject({
      headers: { "strict-transport-security": ["max-age=31536000", "max-age=0"] },
    });
    const { answer } = entryOf(await auditOf(lab, "careful"));
    expect(answer).toMatchObject({ headers: { "x-frame-options": ["DENY"] } });
  });

  test("plain HTTP is told with where it leads, and a closed port as closed", async () => {
    expect(entryOf(await auditOf(lab, "http-elsewhere")).plain).toMatchObject({
      status: 301,
      leadsTo: lab.portal("healthy").url,
    });
    const closed = entryOf(await auditOf(lab, "http-closed"));
    expect([closed.http, closed.plain].map(word)).toEqual(["refused", "not_reached"]);
  });

  test("a wall over one family is recognised over that one", async () => {
    const observation = await auditOf(lab, "wall-ipv6");
    expect(entryOf(observation, "ip4").answer).toMatchObject({ status: 200, wall: null });
    expect(entryOf(observation, "ip6").answer).toMatchObject({
      status: 403,
      wall: "captcha",
      failedTries: 3,
    });
  });

  test("a portal that answers at the second try is seen as it answered then", async () => {
    expect(entryOf(await auditOf(lab, "flapping")).answer).toMatchObject({ status: 200 });
  });

  test.each([
    ["headers-slow", "http_timeout"],
    ["closes", "http_closed"],
    ["garbage", "http_protocol"],
    ["headers-endless", "http_header_overflow"],
  ])("%s is no answer, of the kind %s", async (id, kind) => {
    const observation = await auditOf(lab, id);
    expect(entryOf(observation).answer).toMatchObject({ outcome: "failed", kind, failedTries: 3 });
    expect(chains(observation)[0]).toBe(`failed ${kind}`);
  });

  test("security.txt is read where there is one", async () => {
    const { facts } = await auditOf(lab, "careful");
    expect(facts.page.securityTxt).toEqual({
      outcome: "present",
      contact: "mailto:an-toan@lab.test",
      expires: "2099-12-31T17:00:00.000Z",
    });
  });
});

describe("chains", () => {
  test.each([
    ["redirect-family-gap", ["arrived", "family_gap"]],
    ["redirect-loop", ["loop", "loop"]],
    ["redirect-chain", ["limit", "limit"]],
    ["redirect-invalid", ["invalid", "invalid"]],
    ["redirect-inside", ["failed address_special", "failed address_special"]],
    ["redirect-ipv6-refused", ["arrived", "failed connect_refused"]],
    ["redirect-to-http", ["arrived", "arrived"]],
    ["http-redirects", ["arrived", "arrived"]],
    ["dns-servfail", ["resolver_failed", "resolver_failed"]],
  ])("of %s end as they should", async (id, expected) => {
    expect(chains(await auditOf(lab, id))).toEqual(expected);
  });

  test("the host of a hop is looked at over both families, connections only", async () => {
    const { facts } = await auditOf(lab, "redirect-ipv6-refused");
    const hop = facts.hosts.find(({ role }) => role === "hop");
    expect(hop?.host).toBe(lab.portal("ipv6-refused").host);
    const [ip4, ip6] = hop!.addresses;
    expect([ip4!.https, ip4!.tls, ip4!.answer].map(word)).toEqual(["open", "completed", "limit"]);
    expect(word(ip6!.https)).toBe("refused");
  });

  test("an http URL has its own port in place of 80, and 443 for https", async () => {
    const { facts } = await auditOf(lab, "http-redirects");
    expect(facts.hosts[0]).toMatchObject({ httpsPort: 443, httpPort: lab.httpPort });
    const { plain } = facts.hosts[0]!.addresses[0]!;
    expect(plain).toMatchObject({ status: 301 });
  });
});
