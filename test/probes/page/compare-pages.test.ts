import { describe, expect, test } from "vitest";
import { comparePages } from "../../../src/probes/page/index.ts";
import { pageOf } from "./support.ts";

const LINES = Array.from({ length: 40 }, (_, at) => {
  return `<p>Tin số ${at}: cơ quan ${"abcdefgh"[at % 8]} thông báo việc ${"mnopqrst"[at % 7]} trong tuần</p>`;
});
const NEWS = LINES.join("\n");
const titled = (title: string, body = NEWS) => `<title>${title}</title><body>${body}`;

/** Compares what came over IPv4, over IPv6 and over IPv4 again; the second IPv4 visit is like the first by default. */
async function compare(ip4: string, ip6: string, again = ip4) {
  const [one, other, repeated] = await Promise.all([pageOf(ip4), pageOf(ip6), pageOf(again)]);
  return comparePages({ ip4: one, ip6: other, ip4Again: repeated });
}

const ALIKE = { similarity: 1, baseline: 1, sameTitle: true, sameFinalUrl: true, difference: "" };

describe("pages are alike", () => {
  test("when they are the same", async () => {
    expect(await compare(titled("Cổng"), titled("Cổng"))).toEqual(ALIKE);
  });

  test("when neither has any text", async () => {
    expect(await compare("<script src=a.js></script>", "<div id=app></div>")).toEqual(ALIKE);
  });

  test("when only a number in the title differs", async () => {
    expect(await compare(titled("(3) Cổng"), titled("(12) Cổng"))).toEqual(ALIKE);
  });

  test("when the title is another at each visit over IPv4 too", async () => {
    const parity = await compare(titled("Tin một"), titled("Tin hai"), titled("Tin ba"));
    expect(parity).toMatchObject({ sameTitle: true, difference: "" });
  });

  test("when marks are joined in one and apart in the other", async () => {
    expect(await compare(NEWS.normalize("NFC"), NEWS.normalize("NFD"))).toEqual(ALIKE);
  });

  test.each([
    ["a nonce", (n: string) => `<script nonce="${n}">var a="${n}"</script>`],
    ["a style", (n: string) => `<style>.x${n}{}</style>`],
    ["a hidden token", (n: string) => `<input type="hidden" name="csrf" value="${n}">`],
    ["a view state", (n: string) => `<input id="__VIEWSTATE" type="hidden" value="${n}">`],
    ["a meta token", (n: string) => `<meta name="csrf-token" content="${n}">`],
    ["a comment", (n: string) => `<!-- served by ${n} -->`],
    ["a session id", (n: string) => `<p>Mã phiên: ${n}</p>`],
    ["a clock", (n: string) => `<p>${n.length % 2 ? "10:35:12 SA" : "10h36"}</p>`],
    ["a date", (n: string) => `<p>Hôm nay ${n.length % 2 ? "22/11/2026" : "23-11-2026"}</p>`],
    ["an instant", (n: string) => `<p>2026-11-22T10:35:0${n.length % 9}Z</p>`],
    ["a counter", (n: string) => `<p>Lượt truy cập:${n.length}.${n.charCodeAt(0)}</p>`],
    ["visitors", (n: string) => `<p>Trực tuyến (${n.charCodeAt(0)})</p>`],
    ["an invisible character", (n: string) => (n.length % 2 ? "Hà\u200bNội" : "HàNội")],
  ])("when only %s differs", async (_what, noise) => {
    const one = noise("8f3a99c0d1e2f3a4b5");
    const other = noise("77aa01c0d1e2f3a4b6c7");
    expect(await compare(NEWS + one, NEWS + other)).toEqual(ALIKE);
  });
});

describe("pages differ", () => {
  test("a little when one line of forty does, and the difference shows it", async () => {
    const changed = NEWS.replace(LINES[3]!, "<p>Thông báo khẩn về bão số 9</p>");
    const parity = await compare(NEWS, changed);
    expect(parity.similarity).toBeGreaterThan(0.9);
    expect(parity.similarity).toBeLessThan(1);
    expect(parity).toMatchObject({ baseline: 1, sameTitle: true });
    expect(parity.difference).toBe(
      "- Tin số 3: cơ quan d thông báo việc p trong tuần\n+ Thông báo khẩn về bão số 9",
    );
  });

  test("wholly when one is another page", async () => {
    const parity = await compare(titled("Cổng thông tin"), titled("Welcome", "<h1>It works!"));
    expect(parity).toMatchObject({ similarity: 0, baseline: 1, sameTitle: false });
    expect(parity.difference).toMatch(/^- <title> Cổng thông tin\n\+ <title> Welcome\n- Tin/);
    expect(parity.difference).toMatch(/\n\+ It works!$/);
  });

  test("and the longest difference is short enough", async () => {
    const lines = (mark: string) =>
      Array.from("abcdef", (at) => `<p>${`${mark}${at} `.repeat(99)}`);
    const long = (mark: string) => titled(mark.repeat(300), lines(mark).join(""));
    const { difference } = await compare(long("ă"), long("ơ"));
    const starts = difference.split("\n").map((line) => line.slice(0, 4));
    expect(starts.join()).toBe("- <t,+ <t,- ăa,- ăb,- ăc,+ ơa,+ ơb,+ ơc");
    expect(difference.length).toBeLessThanOrEqual(1000);
    expect(difference.length).toBeGreaterThan(900);
  });

  test("wholly when one is empty", async () => {
    expect(await compare(NEWS, "")).toMatchObject({ similarity: 0, sameTitle: true });
  });

  test("as much as two visits over IPv4 do, where the page is drawn by lot", async () => {
    const { similarity, baseline } = await compare(
      `${NEWS}<p>một hai ba bốn năm sáu bảy`,
      `${NEWS}<p>tám chín mười`,
      `${NEWS}<p>tám chín mười`,
    );
    expect(similarity).toBe(baseline);
    expect(baseline).toBeLessThan(1);
  });

  test("and lines that differ over IPv4 too are left out of the difference", async () => {
    const { difference } = await compare(
      `${NEWS}<p>quảng cáo một<p>chỉ có qua giao thức cũ`,
      `${NEWS}<p>quảng cáo hai<p>chỉ có qua giao thức mới`,
      `${NEWS}<p>quảng cáo hai<p>chỉ có qua giao thức cũ`,
    );
    expect(difference).toBe("- chỉ có qua giao thức cũ\n+ chỉ có qua giao thức mới");
  });

  test("and where all lines that differ do so over IPv4 too, they are shown all the same", async () => {
    const { difference } = await compare("<p>cáo một", "<p>cáo hai", "<p>cáo hai");
    expect(difference).toBe("- cáo một\n+ cáo hai");
  });
});

describe("the final URL is the same", () => {
  test.each([
    ["https://a.vn/?sid=1", "https://a.vn/?sid=2"],
    ["https://a.vn/x;jsessionid=AB12?p=1", "https://a.vn/x;jsessionid=CD34?p=1"],
    ["https://a.vn/(S(abcdef))/home", "https://a.vn/(S(zyxwvu))/home"],
    ["https://a.vn/?p=1&t=8f3a99c0d1e2f3a4#top", "https://a.vn/?p=1"],
    ["https://a.vn/?p=1&x=8f3a99c0d1e2f3a4b5", "https://a.vn/?p=1"],
  ])("but for sessions, tokens and the time: %s, %s", async (one, other) => {
    expect(await sameFinalUrl(one, other)).toBe(true);
  });

  test.each([
    ["https://a.vn/", "https://www.a.vn/"],
    ["https://a.vn/", "http://a.vn/"],
    ["https://a.vn/vi", "https://a.vn/en"],
    ["https://a.vn/?lang=vi", "https://a.vn/?lang=en"],
  ])("and not where the place is another: %s, %s", async (one, other) => {
    expect(await sameFinalUrl(one, other)).toBe(false);
  });

  async function sameFinalUrl(one: string, other: string): Promise<boolean> {
    const ip4 = await pageOf("", { finalUrl: one });
    const ip6 = await pageOf("", { finalUrl: other });
    return comparePages({ ip4, ip4Again: ip4, ip6 }).sameFinalUrl;
  }
});
