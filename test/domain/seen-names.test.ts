import fc from "fast-check";
import { expect, test } from "vitest";
import { namesSeen, parseHostName } from "../../src/domain/seen-names.ts";
import { certificate, observation } from "../store/helpers/audits.ts";

test.each([
  ["dichvucong.hanoi.gov.vn", "dichvucong.hanoi.gov.vn"],
  ["WWW.Hue.GOV.vn.", "hue.gov.vn"],
  ["đà-nẵng.vn", "xn---nng-zna70au54p.vn"],
])("%s is kept as %s", (text, host) => {
  expect(parseHostName(text)).toBe(host);
});

test.each([
  "",
  "localhost",
  "*.gov.vn",
  "gov.vn:8443",
  "gov.vn/x",
  "gov.vn?x",
  "user@gov.vn",
  "127.0.0.1",
  "[::1]",
  "2130706433",
  "a b.gov.vn",
  "a..gov.vn",
  `${"a".repeat(64)}.gov.vn`,
])("%j is no host name", (text) => {
  expect(parseHostName(text)).toBeNull();
});

test("whatever is taken is taken again as it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.string(), fc.webAuthority()), (text) => {
      const host = parseHostName(text);
      expect(host === null ? null : parseHostName(host)).toBe(host);
    }),
  );
});

test("an audit's names are those of the state that it saw beside the portal's own, each once", () => {
  const hop = (url: string, leadsTo: string | null) => ({
    url,
    leadsTo,
    address: null,
    status: 302,
  });
  const { facts } = observation(0, {
    hosts: [
      {
        host: "p1.example.gov.vn",
        role: "entry",
        httpsPort: 443,
        httpPort: 80,
        name: {} as never,
        beyond: 0,
        addresses: [{ tls: { chain: ["leaf", "issuer"] } } as never],
      },
    ],
    chains: {
      ip4: {
        hops: [
          hop("https://p1.example.gov.vn/", "https://www.new.example.gov.vn/x"),
          hop("https://www.new.example.gov.vn/x", "https://cdn.example.com/"),
          hop("https://cdn.example.com/", "not a URL"),
        ],
        outcome: "invalid",
        kind: null,
        finalUrl: null,
      },
      ip6: { unseen: "vantage_no_ipv6" },
    },
    certificates: {
      leaf: certificate({
        names: [
          "p1.example.gov.vn",
          "WWW.p1.example.gov.vn",
          "*.example.gov.vn",
          "mail.example.gov.vn",
          "shop.example.com",
        ],
      }),
      issuer: certificate({ names: ["ca.gov.vn"] }),
    },
  });
  expect(namesSeen(facts)).toEqual([
    { host: "new.example.gov.vn", how: "redirect", detail: "https://p1.example.gov.vn/" },
    { host: "mail.example.gov.vn", how: "certificate", detail: "leaf" },
  ]);
  expect(namesSeen(observation(0).facts)).toEqual([]);
});

test("a certificate of a thousand names brings fifty", () => {
  const names = Array.from({ length: 1000 }, (_, at) => `h${at}.gov.vn`);
  const addresses = [{ tls: { chain: ["leaf"] } } as never];
  const host = {
    host: "p1.example.gov.vn",
    role: "entry",
    httpsPort: 443,
    httpPort: 80,
    name: {} as never,
    beyond: 0,
    addresses,
  } as const;
  const { facts } = observation(0, {
    hosts: [host],
    certificates: { leaf: certificate({ names }) },
  });
  expect(namesSeen(facts)).toHaveLength(50);
});
