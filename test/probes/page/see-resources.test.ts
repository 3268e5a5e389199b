import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import type { ResourcesSight } from "../../../src/domain/audit/page.ts";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import { type ParsedPage, seeResources } from "../../../src/probes/page/index.ts";
import { portOf } from "../../support/lab-client.ts";
import { type LabTools, labTools, landingOf, pageOf, sessionOf } from "./support.ts";

const PAGES = [
  "page-whole",
  "page-own-host-ipv4-only",
  "page-own-host-ipv6-refused",
  "page-third-party-ipv4-only",
  "page-mixed-content",
  "page-base-href",
  "page-srcset",
  "redirect-inside",
];

let lab: Lab;
let tools: LabTools;

beforeAll(async () => {
  lab = await startLab({ only: PAGES });
});
afterAll(() => lab.stop());
beforeEach(() => {
  tools?.close();
  tools = labTools(lab);
});
afterAll(() => tools.close());

async function seen(
  page: ParsedPage,
  session = sessionOf({}, { allowedNetworks: lab.allowedNetworks }),
): Promise<ResourcesSight> {
  const sight = await seeResources(page, "ip4", session, tools);
  if (isUnseen(sight)) throw new Error(sight.unseen);
  return sight;
}

/** Each host in a line: name, URLs, kinds, whose it is, and what it came to over IPv6. */
function lines({ hosts }: ResourcesSight): string[] {
  return hosts.map(({ host, urls, kinds, own, ip6, address }) =>
    [host, urls, kinds.join(" "), own ? "own" : "other", ip6, address ?? "-"].join(", "),
  );
}

describe("sub-resources of a landing page in the lab", () => {
  test.for([
    [
      "page-whole",
      "healthy.lab.test, 2, iframe stylesheet, own, works, ::1",
      "page-whole.lab.test, 2, icon img, own, works, ::1",
      "cdn.third-party.test, 1, script, other, works, ::1",
    ],
    [
      "page-own-host-ipv4-only",
      "ipv4-only.lab.test, 2, img, own, no_address, -",
      "page-own-host-ipv4-only.lab.test, 1, img, own, works, ::1",
    ],
    ["page-own-host-ipv6-refused", "ipv6-refused.lab.test, 1, img, own, unreachable, ::1"],
    ["page-third-party-ipv4-only", "ipv4-only.third-party.test, 1, script, other, no_address, -"],
    ["page-base-href", "ipv4-only.lab.test, 2, img script, own, no_address, -"],
    [
      "page-srcset",
      "ipv4-only.lab.test, 2, img, own, no_address, -",
      "page-srcset.lab.test, 1, img, own, works, ::1",
    ],
  ])("%s", async ([id, ...hosts], { skip }) => {
    skip(!lab.ip6, "no IPv6 loopback on this machine");
    expect(lines(await seen(await landingOf(lab, id!)))).toEqual(hosts);
  });

  test("include mixed content, with its address", async () => {
    const { mixed, mixedCount, urls, cut } = await seen(await landingOf(lab, "page-mixed-content"));
    const { origin } = new URL(lab.portal("http-only").url);
    expect({ mixed, mixedCount, urls, cut }).toEqual({
      mixed: [`${origin}/a.png`, `${origin}/a.js`],
      mixedCount: 2,
      urls: 2,
      cut: false,
    });
  });
});

describe("a host of sub-resources", () => {
  const oneHost = async (url: string) => pageOf(`<img src="${url}/a.png">`);

  test("is tried on the port that most of its URLs lead to", async ({ skip }) => {
    skip(!lab.ip6, "no IPv6 loopback on this machine");
    const healthy = lab.portal("healthy");
    const page = await pageOf(
      `<img src="http://${healthy.host}:1/"><img src="${healthy.url}a"><img src="${healthy.url}b">`,
    );
    expect((await seen(page)).hosts).toMatchObject([{ ip6: "works", urls: 3 }]);
    expect(tools.tried).toEqual([`::1 ${portOf(healthy)}`]);
  });

  test("with special-purpose addresses only is told so, and nothing is sent there", async () => {
    const page = await oneHost(new URL(lab.portal("inside").url).origin);
    expect((await seen(page)).hosts).toMatchObject([
      { ip6: "special_address", address: "2001:db8::81" },
    ]);
    expect(tools.tried).toEqual([]);
  });

  test("at a literal IPv4 address has no address over IPv6", async () => {
    expect((await seen(await oneHost("https://203.0.113.7"))).hosts).toMatchObject([
      { host: "203.0.113.7", ip6: "no_address" },
    ]);
  });

  test("that exists over neither family has no address at all, which is no matter of IPv6", async () => {
    expect((await seen(await oneHost("https://gone.lab.test"))).hosts).toMatchObject([
      { host: "gone.lab.test", own: false, ip6: "no_address_at_all", address: null },
    ]);
  });

  test("is not tried while the gate of IPv6 is closed, but that it has no address is told", async () => {
    const closed = { families: { ip4: true, ip6: false } };
    const session = sessionOf(closed, { allowedNetworks: lab.allowedNetworks });
    const { hosts } = await seen(await landingOf(lab, "page-own-host-ipv4-only"), session);
    expect(hosts.map(({ ip6 }) => ip6)).toEqual(["no_address", "unknown"]);
    expect(tools.tried).toEqual([]);
  });

  test("is unknown where the resolver fails or may withhold records", async () => {
    const page = await landingOf(lab, "page-own-host-ipv4-only");
    const doubtful = sessionOf(
      { resolverDoubtful: true },
      { allowedNetworks: lab.allowedNetworks },
    );
    expect((await seen(page, doubtful)).hosts[0]).toMatchObject({ ip6: "unknown" });
    await lab.setResolver("servfail");
    try {
      const { hosts } = await seen(page);
      expect(hosts.map(({ ip6 }) => ip6)).toEqual(["unknown", "unknown"]);
    } finally {
      await lab.setResolver("ok");
    }
  });

  test("is unknown once the audit's time is over", async () => {
    const session = sessionOf({}, { timeoutMs: 1 });
    const page = await landingOf(lab, "page-whole");
    while (session.remaining() > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await seeResources(page, "ip6", session, tools)).toEqual({ unseen: "deadline" });
  });

  test("is one of 64 at most, own ones first, and the others are counted", async () => {
    const many = Array.from({ length: 80 }, (_, at) => `<img src="//h${at}.none.test/">`);
    const page = await pageOf(`${many.join("")}<img src="/own.png">`);
    const { hosts, beyondHosts, urls } = await seen(page);
    expect([hosts.length, beyondHosts, urls]).toEqual([64, 17, 81]);
    expect(hosts[0]).toMatchObject({ host: "www.bo.gov.vn", own: true });
    const names = hosts.slice(1).map(({ host }) => host);
    expect(names).toEqual([...names].sort());
  });
});
