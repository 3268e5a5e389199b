import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CookieJar } from "../../src/probes/cookies.ts";
import { hostOf, portOf, readLocation } from "../../src/probes/location.ts";

const FROM = new URL("https://portal.example/a/b?c=1");

function to(location: string): string {
  const leads = readLocation(location, FROM);
  return "url" in leads ? leads.url.href : leads.refused;
}

describe("readLocation", () => {
  test("reads absolute, relative and scheme-relative locations and drops the fragment", () => {
    expect(to("http://other.example/#x")).toBe("http://other.example/");
    expect(to("../c")).toBe("https://portal.example/c");
    expect(to("//other.example:8443")).toBe("https://other.example:8443/");
    expect(to("?d=2")).toBe("https://portal.example/a/b?d=2");
    expect(to("")).toBe("https://portal.example/a/b?c=1");
    expect(to("https://công.example/")).toBe("https://xn--cng-kna.example/");
  });

  test("leads only to http and https, without credentials, within bounds, whatever it is given", () => {
    const location = fc.oneof(fc.string({ unit: "binary" }), fc.webUrl(), fc.constant(null));
    fc.assert(
      fc.property(location, (text) => {
        const leads = readLocation(text, FROM);
        if ("refused" in leads) return;
        expect(leads.url.protocol).toMatch(/^https?:$/);
        expect(leads.url.username + leads.url.password + leads.url.hash).toBe("");
        expect(leads.url.href.length).toBeLessThanOrEqual(8000);
        expect(leads.url.port).not.toBe("0");
      }),
    );
  });
});

describe("hosts and ports of URLs", () => {
  test("are what DNS, TLS and sockets want", () => {
    expect(hostOf(new URL("https://[2001:db8::1]:8443/"))).toBe("2001:db8::1");
    expect(hostOf(new URL("https://Portal.Example./"))).toBe("portal.example");
    expect(portOf(new URL("https://portal.example/"))).toBe(443);
    expect(portOf(new URL("http://portal.example/"))).toBe(80);
    expect(portOf(new URL("http://portal.example:8080/"))).toBe(8080);
  });
});

describe("the cookies of a run", () => {
  const https = new URL("https://www.portal.example/");

  test("go back to the host that set them, and to its subdomains where it says so", () => {
    const jar = new CookieJar();
    jar.store(["own=1; Path=/", "wide=2; Domain=.portal.example"], https);
    expect(jar.header(https)).toBe("own=1; wide=2");
    expect(jar.header(new URL("https://sso.portal.example/"))).toBe("wide=2");
    expect(jar.header(new URL("https://otherportal.example/"))).toBe("");
  });

  test("are not taken for a domain that the host is not in", () => {
    const jar = new CookieJar();
    jar.store(["a=1; Domain=bank.example", "b=2; Domain=example"], https);
    expect(jar.header(new URL("https://bank.example/"))).toBe("");
    expect(jar.header(https)).toBe("b=2");
  });

  test("that are secure do not go over plain HTTP", () => {
    const jar = new CookieJar();
    jar.store(["a=1; Secure", "b=2"], https);
    expect(jar.header(new URL("http://www.portal.example/"))).toBe("b=2");
  });

  test("never break out of their header line and stay within bounds, whatever is set", () => {
    const headers = fc.array(fc.string({ unit: "binary" }), { maxLength: 200 });
    fc.assert(
      fc.property(headers, (set) => {
        const jar = new CookieJar();
        jar.store(set, https);
        jar.store(
          Array.from({ length: 99 }, (_, index) => `n${index}=${"v".repeat(999)}`),
          https,
        );
        jar.store(["long=" + "x".repeat(5000)], https);
        const header = jar.header(https);
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        expect(header.split("; n").length).toBeLessThanOrEqual(51);
        expect(header).not.toContain("long=");
      }),
    );
  });
});
