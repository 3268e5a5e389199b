import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createDnsSight } from "../../../src/probes/dns/index.ts";
import {
  type Behave,
  type RawServer,
  fromTable,
  rawServer,
  record,
  replyTo,
  soa,
} from "./support/raw-server.ts";
import { type SessionChange, session } from "./support/sessions.ts";

const open: { close: () => unknown }[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((each) => each.close()))));

function mx(domain: string, ...servers: readonly (readonly [number, string])[]) {
  return servers.map(([preference, exchange]) => record(domain, "MX", { preference, exchange }));
}

async function see(
  behave: Behave,
  options: { host?: string; mailPort?: number } & SessionChange = {},
) {
  const server: RawServer = await rawServer(behave);
  open.push(server);
  const { host = "portal.hn.test", mailPort = 1, ...change } = options;
  const dns = createDnsSight({
    servers: [server.text],
    rootHints: [],
    authorityPort: 53,
    mailPort,
  });
  return { server, mail: await dns.seeMail(host, session(change)) };
}

async function mailServer(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, "::1");
  await once(server, "listening");
  open.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  return (server.address() as { port: number }).port;
}

describe("mail of the registrable domain", () => {
  test("servers come by preference, with their AAAA and whether one accepts", async () => {
    const mailPort = await mailServer();
    const { mail } = await see(
      fromTable("hn.test", {
        "hn.test MX": mx("hn.test", [20, "b.hn.test"], [10, "a.hn.test"]),
        "a.hn.test AAAA": [record("a.hn.test", "AAAA", "::1")],
        "b.hn.test A": [record("b.hn.test", "A", "127.0.0.1")],
      }),
      { mailPort },
    );
    const ip6 = [{ address: "::1", special: "loopback", usable: true }];
    expect(mail).toEqual({
      domain: "hn.test",
      outcome: "servers",
      servers: [
        { name: "a.hn.test", preference: 10, ip6, accepts: { open: true } },
        { name: "b.hn.test", preference: 20, ip6: [], accepts: { unseen: "not_reached" } },
      ],
    });
  });

  test("a port that is closed does not accept", async () => {
    const table = {
      "hn.test MX": mx("hn.test", [10, "a.hn.test"]),
      "a.hn.test AAAA": [record("a.hn.test", "AAAA", "::1")],
    };
    const { mail } = await see(fromTable("hn.test", table));
    expect(mail).toMatchObject({ servers: [{ accepts: { open: false } }] });
  });

  test.each([
    ["no MX", [], "none"],
    ["null MX", mx("hn.test", [0, "."]), "null_mx"],
    ["null MX beside a server", mx("hn.test", [0, "."], [10, "a.hn.test"]), "servers"],
  ] as const)("%s", async (_, answers, outcome) => {
    const { mail } = await see(fromTable("hn.test", { "hn.test MX": answers }));
    expect(mail).toMatchObject({ domain: "hn.test", outcome });
  });

  test("of many servers the first eight are kept", async () => {
    const many = Array.from({ length: 40 }, (_, i) => [i, `m${i}.hn.test`] as const);
    const { mail } = await see(fromTable("hn.test", { "hn.test MX": mx("hn.test", ...many) }));
    const preferences = "servers" in mail ? mail.servers.map(({ preference }) => preference) : [];
    expect(preferences).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("a host that is a public suffix itself has the domain of its zone", async () => {
    const { mail } = await see(
      fromTable("gov.vn", {
        "gov.vn SOA": [soa("gov.vn")],
        "gov.vn NS": [record("gov.vn", "NS", "a.gov.vn")],
      }),
      { host: "gov.vn" },
    );
    expect(mail).toMatchObject({ domain: "gov.vn", outcome: "none" });
  });

  test("a name below a suffix has its registrable domain", async () => {
    const { mail } = await see(fromTable("vn", {}), { host: "dichvucong.hanoi.gov.vn" });
    expect(mail).toMatchObject({ domain: "hanoi.gov.vn" });
  });
});

describe("what can't be seen of mail", () => {
  const one = fromTable("hn.test", {
    "hn.test MX": mx("hn.test", [10, "a.hn.test"]),
    "a.hn.test AAAA": [record("a.hn.test", "AAAA", "::1")],
  });

  test("an address that the rule refuses is not connected to", async () => {
    const { mail } = await see(one, { allowed: "127.0.0.0/8" });
    expect(mail).toMatchObject({ servers: [{ accepts: { unseen: "refused_here" } }] });
  });

  test("nothing is sent over IPv6 while its gate is closed", async () => {
    const { mail } = await see(one, { gate: { families: { ip4: true, ip6: false } } });
    expect(mail).toMatchObject({ servers: [{ accepts: { unseen: "vantage_no_ipv6" } }] });
  });

  test("a resolver that fails or is not usable is told apart", async () => {
    const failing: Behave = (asked, send) => send(replyTo(asked, { rcode: 2 }));
    expect((await see(failing)).mail).toEqual({ unseen: "resolver_failed" });
    const unusable = await see(failing, { gate: { resolverUsable: false } });
    expect([unusable.mail, unusable.server.arrived]).toEqual([{ unseen: "resolver_unusable" }, []]);
  });

  test("addresses that the resolver does not tell are unknown", async () => {
    const behave: Behave = (asked, send) => {
      if (asked.type === "MX") one(asked, send);
      else send(replyTo(asked, { rcode: 2 }));
    };
    expect((await see(behave)).mail).toMatchObject({
      servers: [{ ip6: null, accepts: { unseen: "resolver_failed" } }],
    });
  });

  test("a literal address has no mail domain, and an ended audit asks nothing", async () => {
    expect((await see(one, { host: "127.0.0.1" })).mail).toEqual({ unseen: "not_reached" });
    const ended = await see(one, { signal: AbortSignal.abort() });
    expect(ended.mail).toEqual({ unseen: "deadline" });
  });
});
