import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePortalUrl } from "../../src/domain/portal-url.ts";

test.each([
  ["https://hanoi.gov.vn", "https://hanoi.gov.vn/", "hanoi.gov.vn"],
  ["HTTPS://HaNoi.GOV.vn:443/Trang", "https://hanoi.gov.vn/Trang", "hanoi.gov.vn"],
  ["http://hanoi.gov.vn:8080/a/../b?c=d", "http://hanoi.gov.vn:8080/b?c=d", "hanoi.gov.vn"],
  ["https://chínhphủ.vn/", "https://xn--chnhph-4va0152d.vn/", "xn--chnhph-4va0152d.vn"],
  ["https://[2001:DB8::1]/", "https://[2001:db8::1]/", "[2001:db8::1]"],
  ["https://192.0.2.1/", "https://192.0.2.1/", "192.0.2.1"],
])("%s is taken as %s", (text, url, host) => {
  expect(parsePortalUrl(text)).toEqual({ ok: true, value: { url, host } });
});

test.each([
  ["", "not_a_url"],
  ["hanoi.gov.vn", "not_a_url"],
  ["//hanoi.gov.vn/", "not_a_url"],
  [" https://hanoi.gov.vn/", "not_a_url"],
  ["https://hanoi.gov.vn/a b", "not_a_url"],
  ["https://hanoi.gov.vn/\n", "not_a_url"],
  ["https://", "not_a_url"],
  ["ftp://hanoi.gov.vn/", "scheme_not_http"],
  ["javascript:alert(1)", "scheme_not_http"],
  ["file:///etc/passwd", "scheme_not_http"],
  ["https://user@hanoi.gov.vn/", "has_credentials"],
  ["https://:secret@hanoi.gov.vn/", "has_credentials"],
  ["https://hanoi.gov.vn/#top", "has_fragment"],
  ["https://hanoi.gov.vn/#", "has_fragment"],
  ["https://a..vn/", "host_not_dns_or_ip"],
  [`https://${"a".repeat(64)}.vn/`, "host_not_dns_or_ip"],
])("%j is refused: %s", (text, problem) => {
  expect(parsePortalUrl(text)).toEqual({ ok: false, problem });
});

test("a URL of more than 2000 characters is refused, also when it is that long only in ASCII", () => {
  const tooLong = { ok: false, problem: "too_long" };
  expect(parsePortalUrl(`https://hanoi.gov.vn/${"a".repeat(1979)}`).ok).toBe(true);
  expect(parsePortalUrl(`https://hanoi.gov.vn/${"a".repeat(1980)}`)).toEqual(tooLong);
  expect(parsePortalUrl(`https://hanoi.gov.vn/${"ạ".repeat(400)}`)).toEqual(tooLong);
});

test("what is taken is in its normal form: taking it again changes nothing", () => {
  const anything = fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.string(),
    fc.webUrl().map((url) => url.toUpperCase()),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const once = parsePortalUrl(text);
      if (!once.ok) return;
      expect(parsePortalUrl(once.value.url)).toEqual(once);
      expect(once.value.url).toMatch(/^https?:\/\/[\x21-\x7e]+$/);
    }),
  );
});

test("no text makes the parser throw", () => {
  const parts = fc.constantFrom(
    "http",
    "https",
    ":",
    "/",
    "/",
    "@",
    "#",
    "[",
    "]",
    "%",
    "a",
    "é",
    "\0",
    ".",
    "1",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), (text) => {
      expect(parsePortalUrl(text.join(""))).toHaveProperty("ok");
    }),
  );
});
