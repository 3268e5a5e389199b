import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { SLICE_CHARACTERS } from "../../../src/probes/page/limits.ts";
import { PAGE_BODY_LIMIT, comparePages } from "../../../src/probes/page/index.ts";
import { pageOf } from "./support.ts";

const MEGABYTE = 1024 * 1024;

/** One piece again and again, up to a megabyte; `#` becomes a number that grows. */
function megabyteOf(piece: string): string {
  const text = piece.repeat(Math.ceil(MEGABYTE / piece.length)).slice(0, MEGABYTE);
  let number = 0;
  return text.replaceAll("#", () => String((number += 1)));
}

describe("a hostile page is read to its bounds", () => {
  test.each([
    ["of a third of a million nested elements", megabyteOf("<b>")],
    ["of nested foreign roots", megabyteOf("<svg>")],
    ["of foreign roots that never leave", megabyteOf("<svg><foreignObject></svg>")],
    ["of nested templates", megabyteOf("<template>")],
    ["of links", megabyteOf("<a href=/#>x</a>")],
    ["of end tags", megabyteOf("</p>")],
    ["of one attribute", `<img src="${megabyteOf("y")}`],
    ["of attributes", `<img ${megabyteOf("a# ")}>`],
    ["of one start of a tag", megabyteOf("<a ")],
    ["of starts of tags", megabyteOf("<")],
    ["of comments within comments", megabyteOf("<!--")],
    ["of ends of a script that end nothing", `<script>${megabyteOf("</scrip")}`],
    ["of entities", megabyteOf("&NotEqualTilde;")],
    ["of entities in an attribute", `<a title="${megabyteOf("&amp;")}`],
    ["of NULs", megabyteOf("\0")],
    ["of one word", megabyteOf("ă")],
    ["of one letter with marks", `a${megabyteOf("\u0323\u0301")}`],
    ["of one line in words", megabyteOf("a b ")],
    ["of lines", megabyteOf("a#\n")],
    ["of numbers that are none", megabyteOf(`${"1".repeat(1999)}x `)],
    ["of spaces", megabyteOf(" ")],
    ["of a title", `<title>${megabyteOf("a ")}`],
    ["of data URLs", megabyteOf('<img src="data:image/png;base64,AAAA">')],
    ["of style comments", `<style>${megabyteOf("/*")}`],
    ["of an import in spaces", `<style>@import${megabyteOf(" ")}`],
    ["of sessions in a URL", `<img src="http://a.vn/;${"sess".repeat(1900)}">`],
  ])("%s", async (_what, html) => {
    const page = await pageOf(html);
    expect(page.sight.cut).toBe(
      Buffer.byteLength(html) > PAGE_BODY_LIMIT || html.includes("<svg>"),
    );
    expect(page.text.lines.size).toBeLessThanOrEqual(5000);
    expect(comparePages({ ip4: page, ip4Again: page, ip6: page }).similarity).toBe(1);
  });

  test.each([
    ["of hosts", megabyteOf("<img src=//h#.vn>")],
    [
      "of candidates in one srcset",
      `<img srcset="${megabyteOf("#.png 1x,").slice(0, MEGABYTE / 2)}">`,
    ],
    ["of URLs in one style sheet", `<style>${megabyteOf("p{src:url(#)}")}`],
    ["of URLs in style attributes", megabyteOf(`<p style="a:url(#)">`)],
  ])("%s, and says that more was there", async (_what, html) => {
    const { urls, cut, hosts } = (await pageOf(html)).resources;
    expect([urls, cut]).toEqual([10_000, true]);
    expect(hosts.size).toBeLessThanOrEqual(10_000);
  });

  test("of 50 MB", async () => {
    const body = Buffer.alloc(50 * MEGABYTE, "<p>tin");
    expect((await pageOf(body)).sight).toMatchObject({ cut: true, bodyBytes: 50 * MEGABYTE });
  });

  test("of one URL in many spellings, and says that more may be there", async () => {
    const { urls, cut } = (await pageOf(megabyteOf("<img src=/x##>"))).resources;
    expect(cut).toBe(true);
    expect(urls).toBeLessThanOrEqual(10_000);
  });

  test.each(["utf-8", "utf-16le", "iso-2022-jp", "gb18030", "shift_jis"])(
    "of bytes that are no %s",
    async (charset) => {
      const body = Buffer.alloc(MEGABYTE, Buffer.from([0xff, 0x3c, 0x61, 0xd8, 0x1b, 0x80, 0x3e]));
      const { sight } = await pageOf(body, { contentType: `text/html; charset=${charset}` });
      expect(sight).toMatchObject({ encoding: charset, encodingFaults: true });
    },
  );
});

test("a neighbour has its turn after every slice of a hostile page", async () => {
  const order: string[] = [];
  const page = pageOf(megabyteOf("<b>")).then(() => order.push("page"));
  const neighbour = (async () => {
    for (let turn = 0; turn < MEGABYTE / SLICE_CHARACTERS / 2; turn += 1) await nextTurn();
    order.push("neighbour");
  })();
  await Promise.all([page, neighbour]);
  expect(order).toEqual(["neighbour", "page"]);
});
