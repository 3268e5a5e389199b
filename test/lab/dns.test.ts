import { type Packet, type RecordType, decode, encode } from "dns-packet";
import { assert as holds, property, uint8Array } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeReply, parseQuery } from "../../lab/dns-message.ts";
import { replyTo } from "../../lab/dns-zone.ts";
import { type Lab, startLab } from "../../lab/index.ts";
import { overTcp, overUdp, query } from "../support/dns-wire.ts";
import { addressesOf, labResolver } from "../support/lab-client.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    only: ["healthy", "ipv4-only", "dns-nxdomain", "cname-chain", "cname-loop", "dns-big"],
  });
});
afterAll(() => lab.stop());

/** Response code and the TC bit (RFC 1035 section 4.1.1). */
const rcode = (packet: Packet): number => (packet.flags ?? 0) & 0xf;
const TRUNCATED = 0x0200;

const ask = async (name: string, type: RecordType, size?: number): Promise<Packet> =>
  decode(await overUdp(encode(query(name, type, size)), lab.dnsServer));

describe("messages of the lab's resolver", () => {
  test("names that nobody plays do not exist, inside and outside the zone", async () => {
    const names = ["nobody.lab.test", "www.healthy.lab.test", "portal.example"];
    const answers = await Promise.all(names.map((name) => ask(name, "A")));
    expect(answers.map(rcode)).toEqual([3, 3, 3]);
  });

  test("negative answers carry the zone's SOA, and NXDOMAIN differs from no data", async () => {
    const [nodata, nxdomain, outside] = await Promise.all([
      ask("ipv4-only.lab.test", "AAAA"),
      ask("dns-nxdomain.lab.test", "A"),
      ask("portal.example", "A"),
    ]);
    expect([nodata, nxdomain].map(rcode)).toEqual([0, 3]);
    expect(nodata.answers).toEqual([]);
    expect(nodata.authorities?.[0]).toMatchObject({ type: "SOA", name: "lab.test" });
    expect(nxdomain.authorities?.[0]).toMatchObject({ type: "SOA", name: "lab.test" });
    expect(outside.authorities?.[0]).toMatchObject({ type: "SOA", name: "." });
  });

  test("a CNAME chain comes whole, in order, with the addresses at its end", async () => {
    const { answers } = await ask("cname-chain.lab.test", "AAAA");
    expect(answers?.map(({ type, name }) => [type, name])).toEqual([
      ["CNAME", "cname-chain.lab.test"],
      ["CNAME", "edge.cname-chain.lab.test"],
      ["AAAA", "cdn.cname-chain.lab.test"],
    ]);
    const middle = await ask("edge.cname-chain.lab.test", "A");
    expect(middle.answers).toHaveLength(2);
  });

  test("a CNAME loop comes back to where it began", async () => {
    const { answers } = await ask("cname-loop.lab.test", "A");
    expect(answers).toMatchObject([
      { name: "cname-loop.lab.test", data: "again.cname-loop.lab.test" },
      { name: "again.cname-loop.lab.test", data: "cname-loop.lab.test" },
    ]);
  });

  test.each([undefined, 512, 1232, 4096])(
    "an answer too big for UDP (offered: %s) is truncated there and whole over TCP",
    async (size) => {
      const cut = await ask("dns-big.lab.test", "A", size);
      expect((cut.flags ?? 0) & TRUNCATED).toBe(TRUNCATED);
      expect(cut.answers).toEqual([]);
      const [whole] = await overTcp([query("dns-big.lab.test", "A", size)], lab.dnsServer);
      expect((whole!.flags ?? 0) & TRUNCATED).toBe(0);
      expect(whole!.answers).toHaveLength(5);
    },
  );

  test("EDNS is answered with EDNS, and only then", async () => {
    const [plain, edns] = [
      await ask("healthy.lab.test", "A"),
      await ask("healthy.lab.test", "A", 1232),
    ];
    expect(plain.additionals).toEqual([]);
    expect(edns.additionals?.[0]).toMatchObject({ type: "OPT", udpPayloadSize: 1232 });
  });

  test("several questions on one TCP connection are answered in order", async () => {
    const names = ["healthy.lab.test", "ipv4-only.lab.test", "nobody.lab.test"];
    const answers = await overTcp(
      names.map((name) => query(name, "A")),
      lab.dnsServer,
    );
    expect(answers.map((answer) => answer.questions?.[0]?.name)).toEqual(names);
  });

  test("the question comes back as it was written, capitals included", async () => {
    const answer = await ask("HeAlThY.lab.TEST", "A");
    expect(answer.questions?.[0]?.name).toBe("HeAlThY.lab.TEST");
    expect(answer.answers?.[0]?.name).toBe("HeAlThY.lab.TEST");
  });

  test("records may not be cached, so that a change is seen at once", async () => {
    const { answers } = await ask("healthy.lab.test", "A");
    expect(answers).toMatchObject([{ ttl: 0 }]);
    await lab.setBehaviour("healthy", { ip4: { dns: "none" } });
    expect(await addressesOf(lab, "healthy.lab.test", "ip4")).toBe("ENODATA");
    await lab.setBehaviour("healthy", "healthy");
    expect(await addressesOf(lab, "healthy.lab.test", "ip4")).toHaveLength(1);
  });

  test("other types have no data, and the apex has SOA and NS", async () => {
    const resolver = labResolver(lab);
    await expect(resolver.resolveMx("healthy.lab.test")).rejects.toMatchObject({ code: "ENODATA" });
    expect(await resolver.resolveNs("lab.test")).toEqual(["ns.lab.test", "ns2.lab.test"]);
    expect(await resolver.resolveSoa("lab.test")).toMatchObject({ nsname: "ns.lab.test" });
    expect(await resolver.resolve4("ns.lab.test")).toEqual(["127.0.0.1"]);
  });

  test("the zones above have SOA and NS too, and the lab's zone has mail", async () => {
    const resolver = labResolver(lab);
    for (const zone of ["test", "."]) {
      const [answer] = (await ask(zone, "SOA")).answers!;
      expect(answer).toMatchObject({ type: "SOA", name: zone });
      expect(await resolver.resolveNs(zone)).toHaveLength(2);
    }
    const mail = [{ exchange: "mail.lab.test", priority: 10 }];
    expect(await resolver.resolveMx("lab.test")).toMatchObject(mail);
    expect(await resolver.resolve6("mail.lab.test")).toEqual(["::1"]);
  });

  test("answers are validated for those who ask, as the lab's signatures are", async () => {
    const asking = async (name: string, flags: number) => {
      const packet = query(name, "SOA", 1232);
      return decode(await overUdp(encode({ ...packet, flags: 0x0100 | flags }), lab.dnsServer));
    };
    const [AD, CD] = [0x20, 0x10];
    const bits = async (name: string, flags: number) => {
      const answer = await asking(name, flags);
      return [rcode(answer), answer.flag_ad];
    };
    expect(await bits("lab.test", AD)).toEqual([0, true]);
    expect(await bits("lab.test", 0)).toEqual([0, false]);
    lab.setDnssec("insecure");
    expect([await bits(".", AD), await bits("lab.test", AD)]).toEqual([
      [0, true],
      [0, false],
    ]);
    lab.setDnssec("unproven");
    expect([await bits(".", AD), await bits("lab.test", AD)]).toEqual([
      [0, false],
      [0, false],
    ]);
    lab.setDnssec("bogus");
    expect([await bits("lab.test", AD), await bits("lab.test", AD | CD)]).toEqual([
      [2, false],
      [0, false],
    ]);
    expect(await bits("anchor-1.lab.test", AD)).toEqual([0, false]);
    lab.setDnssec("secure");
  });

  test("the name servers that the root hints name answer with authority, over both families", async () => {
    const hints = lab.rootHints;
    for (const address of ["127.0.0.1", "::1"]) {
      expect(hints).toContain(` ${address}\n`);
      const server = `${address.includes(":") ? `[${address}]` : address}:${lab.authorityPort}`;
      for (const zone of [".", "test", "lab.test"]) {
        const answer = decode(await overUdp(encode(query(zone, "SOA")), server));
        expect([answer.flag_aa, answer.flag_ra, answer.answers![0]!.name]).toEqual([
          true,
          false,
          zone,
        ]);
      }
    }
  });

  test("the same port answers on ::1", async () => {
    const bytes = await overUdp(encode(query("healthy.lab.test", "AAAA")), lab.dnsServer6!);
    expect(decode(bytes).answers).toMatchObject([{ data: "::1" }]);
  });

  test("no bytes that call themselves a question are fatal, whatever they say", async () => {
    const header = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    holds(
      property(uint8Array({ maxLength: 600 }), (bytes) => {
        for (const message of [Buffer.from(bytes), Buffer.concat([header, bytes])]) {
          const asked = parseQuery(message);
          if (asked === null) continue;
          const reply = replyTo(
            asked.packet.questions![0]!,
            { mode: "ok", dns64: true },
            () => undefined,
          );
          expect(encodeReply(asked, reply, 512)?.length).toBeLessThanOrEqual(1232);
        }
      }),
    );
    expect(rcode(await ask("healthy.lab.test", "A"))).toBe(0);
  });
});
