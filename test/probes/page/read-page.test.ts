import { describe, expect, test } from "vitest";
import { PAGE_BODY_LIMIT } from "../../../src/probes/page/index.ts";
import { pageOf } from "./support.ts";

const words = async (html: string) => [...(await pageOf(html)).text.lines.values()];

describe("a page is read", () => {
  test("into what is kept of it", async () => {
    const html = "<title> Cổng\n thông tin </title><p>Xin chào";
    expect((await pageOf(html, { status: 404 })).sight).toEqual({
      finalUrl: "https://www.bo.gov.vn/tin/",
      status: 404,
      title: "Cổng thông tin",
      textDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      textLength: "Xin chào".length,
      bodyBytes: 1024,
      cut: false,
      encoding: "utf-8",
      encodingFaults: false,
    });
  });

  test("to its bound and no further", async () => {
    const start = Buffer.from("<p>đầu</p>");
    const body = Buffer.concat([start, Buffer.alloc(PAGE_BODY_LIMIT, " "), Buffer.from("<p>cuối")]);
    const page = await pageOf(body);
    expect(page.sight).toMatchObject({ cut: true, textLength: 3 });
    expect(await pageOf(start, { cut: true })).toMatchObject({ sight: { cut: true } });
  });

  test("as text where the server says so, or nothing and it is no markup", async () => {
    const text = `{"a": "<img src=//a.vn/>"}`;
    for (const contentType of ["application/json", "text/plain", ""]) {
      const { resources, sight } = await pageOf(text, { contentType });
      expect([resources.urls, sight.title, sight.textLength > 0]).toEqual([0, null, true]);
    }
    const guessed = await pageOf("\n <img src=//a.vn/>", { contentType: "" });
    expect(guessed.resources.urls).toBe(1);
  });

  test("with equal digests where only what is volatile differs", async () => {
    const [one, other] = await Promise.all([pageOf("<p>Lượt 12 xem"), pageOf("<p>Lượt 137 xem")]);
    expect(one.sight).toEqual(other.sight);
  });

  test("with the same text wherever a tag or a slice of the parser ends", async () => {
    const line = "Uỷ ban nhân dân tỉnh và các cơ quan ";
    const shifted = Array.from({ length: 5 }, (_, at) =>
      pageOf(`<p title="${"x".repeat(at * 7919)}">${line.repeat(3000)}`),
    );
    const digests = (await Promise.all(shifted)).map(({ sight }) => sight.textDigest);
    expect(new Set(digests).size).toBe(1);
  });
});

describe("the title of a page", () => {
  test.each([
    ["<title>Một</title><title>Hai</title>", "Một"],
    ["<svg><title>Hình</title></svg><title>Trang</title>", "Trang"],
    ["<title>A&amp;B \u0001\u202e\u200bC</title>", "A&B C"],
    ["<title></title>", ""],
    ["<title>Không đóng", "Không đóng"],
    ["<p>Không có", null],
  ])("of %j is %j", async (html, title) => {
    expect((await pageOf(html)).sight.title).toBe(title);
  });

  test("is cut at 200 characters, never within one", async () => {
    const { title } = (await pageOf(`<title>${"a".repeat(199)}😀😀</title>`)).sight;
    expect(title).toBe("a".repeat(199));
  });
});

describe("the visible text of a page", () => {
  test("leaves out what nobody reads", async () => {
    const html = `<title>tựa</title><style>s</style><script>j</script><noscript>n</noscript>
<template><p>t</template><iframe>i</iframe><!-- c --><input type=hidden value=h><p>Đọc được`;
    expect(await words(html)).toEqual(["Đọc được"]);
  });

  test("goes on after an element that was never closed in foreign content", async () => {
    expect(await words("<svg><script/><style/></svg><p>Đọc được")).toEqual(["Đọc được"]);
  });

  test("is shown in lines without controls, cut to a length that can be read", async () => {
    const [first, second] = await words(`<p>Một\u0001\u202eHai \t Ba<p>${"dài ".repeat(100)}`);
    expect(first).toBe("Một Hai Ba");
    expect(second!.length).toBeLessThanOrEqual(120);
  });
});
