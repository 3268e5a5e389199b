import { describe, expect, test } from "vitest";
import { ownHosts } from "../../../src/probes/page/own-host.ts";

describe("a host of sub-resources belongs to the portal's owner", () => {
  test.each([
    ["www.bo.gov.vn", "www.bo.gov.vn"],
    ["www.bo.gov.vn", "cdn.bo.gov.vn"],
    ["www.bo.gov.vn", "bo.gov.vn"],
    ["hanoi.gov.vn", "sotttt.hanoi.gov.vn"],
    ["dichvucong.hanoi.gov.vn", "static.hanoi.gov.vn"],
    ["cơquan.vn", "ảnh.cơquan.vn"],
    ["203.0.113.7", "203.0.113.7"],
  ])("%s owns %s", (portal, host) => {
    expect(ownHosts(ascii(portal))(ascii(host))).toBe(true);
  });

  test("below a portal whose own host is a public suffix", () => {
    const isOwn = ownHosts("hanoi.vn");
    expect(["hanoi.vn", "static.hanoi.vn", "hue.vn"].map(isOwn)).toEqual([true, true, false]);
  });

  test.each([
    ["www.bo.gov.vn", "www.so.gov.vn"],
    ["www.bo.gov.vn", "gov.vn"],
    ["www.bo.gov.vn", "xbo.gov.vn"],
    ["www.bo.gov.vn", "bo.gov.vn.evil.com"],
    ["cửahàng.hanoi.vn", "khác.hanoi.vn"],
    ["cơquan.github.io", "other.github.io"],
    ["203.0.113.7", "203.0.113.8"],
    ["203.0.113.7", "2001:db8::7"],
    ["localhost", "a.vn"],
  ])("%s does not own %s", (portal, host) => {
    expect(ownHosts(ascii(portal))(ascii(host))).toBe(false);
  });

  function ascii(host: string): string {
    return /[^\x20-\x7e]/.test(host) ? new URL(`https://${host}/`).hostname : host;
  }
});
