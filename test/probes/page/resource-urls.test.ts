import { describe, expect, test } from "vitest";
import { hostsOf, pageOf } from "./support.ts";

const HOME = "www.bo.gov.vn";

describe("URLs of sub-resources", () => {
  test("are resolved against the final URL", async () => {
    const page = await pageOf(`<img src="a.png"><img src="/b.png"><img src="//cdn.vn/c.png">`);
    expect(hostsOf(page)).toEqual({ [HOME]: "2 img", "cdn.vn": "1 img" });
  });

  test("are resolved against the first base element that has an href, from there on", async () => {
    const page = await pageOf(
      `<img src="a"><base target="_top"><base href="//cdn.vn/x/"><base href="//b.vn/"><img src="a">`,
    );
    expect(hostsOf(page)).toEqual({ [HOME]: "1 img", "cdn.vn": "1 img" });
  });

  test("ignore a base that leads nowhere", async () => {
    const page = await pageOf(`<base href="data:text/html,x"><img src="a.png">`);
    expect(hostsOf(page)).toEqual({ [HOME]: "1 img" });
  });

  test("are counted once, whatever their fragment and their element", async () => {
    const page = await pageOf(
      `<link rel=preload as=script href="//a.vn/x.js"><script src="https://A.VN:443/x.js#y"></script>`,
    );
    expect(hostsOf(page)).toEqual({ "a.vn": "1 script" });
    expect(page.resources.urls).toBe(1);
  });

  test("have hosts in ASCII, without a final dot and without brackets", async () => {
    const page = await pageOf(
      `<img src="//cổng.vn/"><img src="//A.vn./"><img src="//[2001:db8::1]/">`,
    );
    expect(Object.keys(hostsOf(page)).sort()).toEqual(["2001:db8::1", "a.vn", "xn--cng-qmz.vn"]);
  });

  test.each([
    "data:image/png;base64,AAAA",
    " \n data:image/png,x",
    "blob:https://a.vn/1",
    "javascript:void(0)",
    "da\nta:text/html,x",
    "about:blank",
    "#fragment",
    "",
    "   ",
    "https://",
    "http://[bad/",
    "https://a b.vn/",
    "https://a..vn/",
    `https://${"a".repeat(64)}.vn/`,
    `https://a.vn/${"x".repeat(10_000)}`,
  ])("that send nothing are passed over: %j", async (url) => {
    const page = await pageOf(`<img src="${url}">`);
    expect(page.resources).toMatchObject({ urls: 0, cut: false });
  });

  test("are told by the port that they lead to", async () => {
    const page = await pageOf(`<img src="//a.vn/1"><img src="//a.vn:8443/2">`);
    expect(page.resources.hosts.get("a.vn")?.ports).toEqual(
      new Map([
        [443, 1],
        [8443, 1],
      ]),
    );
  });
});

describe("mixed content", () => {
  const html = `<img src="http://a.vn/1?v=2"><script src="http://user:pw@a.vn/2"></script><img src="/3">`;

  test("is every http URL on an https page", async () => {
    const { mixed, mixedCount } = (await pageOf(html)).resources;
    expect({ mixed, mixedCount }).toEqual({
      mixed: ["http://a.vn/1", "http://a.vn/2"],
      mixedCount: 2,
    });
  });

  test("does not exist on an http page", async () => {
    const page = await pageOf(html, { finalUrl: "http://www.bo.gov.vn/" });
    expect(page.resources).toMatchObject({ mixed: [], mixedCount: 0, urls: 3 });
  });

  test("does not exist where the page's policy turns http into https", async () => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="img-src *; upgrade-insecure-requests">`;
    const pages = await Promise.all([
      pageOf(meta + html),
      pageOf(html, { policies: ["upgrade-insecure-requests;"] }),
    ]);
    for (const { resources } of pages) {
      expect(resources.mixedCount).toBe(0);
      expect(resources.hosts.get("a.vn")?.ports).toEqual(new Map([[443, 2]]));
    }
  });

  test("is shown ten times at most and counted always", async () => {
    const many = Array.from({ length: 25 }, (_, at) => `<img src="http://a.vn/${at}">`).join("");
    const { mixed, mixedCount } = (await pageOf(many)).resources;
    expect([mixed.length, mixedCount]).toEqual([10, 25]);
  });
});
