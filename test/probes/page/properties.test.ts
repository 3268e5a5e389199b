import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { similarity } from "../../../src/probes/page/compare-pages.ts";
import { comparePages } from "../../../src/probes/page/index.ts";
import { srcsetUrls } from "../../../src/probes/page/srcset.ts";
import { pageOf } from "./support.ts";

/** Pieces of which hostile and honest pages are made. */
const PIECES = [
  ..."< > </ /> <! <!-- --> <![CDATA[ ]]> & &# &amp; ; = \" ' ( ) { } , \0 \r \n".split(" "),
  ..."<svg> </svg> <math> <title> </title> <style> </style> <script> </script>".split(" "),
  ..."<template> </template> <base\thref= <img\tsrc= \tsrcset= //a.vn/x http://b/".split(" "),
  ..."@import url( @font-face{ Hà Nội 12:30 \u0301 \ud800 😀 \u202e".split(" "),
];

const html = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }).map((array) => Buffer.from(array)),
  html.map((text) => Buffer.from(text)),
);
const contentType = fc.oneof(
  fc.constantFrom("", "text/html", "text/html; charset=utf-16", "text/html; charset=windows-1258"),
  fc.constantFrom("text/plain; charset=iso-2022-jp", "application/json", "text/html; charset=tcvn"),
  fc.string(),
);

/** What a database or a page would choke on. */
const UNSTORABLE = /[\p{Cc}\p{Cs}]/u;

describe("whatever the bytes and the declared type are", () => {
  test("a page is read, and what is kept of it can be stored", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, contentType, fc.boolean(), async (body, type, cut) => {
        const { sight, resources } = await pageOf(body, { contentType: type, cut });
        expect(sight.textDigest).toMatch(/^[0-9a-f]{64}$/);
        expect(sight.title ?? "").not.toMatch(UNSTORABLE);
        expect((sight.title ?? "").length).toBeLessThanOrEqual(200);
        for (const host of resources.hosts.keys()) expect(host).toMatch(/^[\x21-\x7e]+$/);
        for (const url of resources.mixed) expect(url).toMatch(/^http:[\x21-\x7e]+$/);
      }),
    );
  });

  test("a page equals itself", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, contentType, async (body, type) => {
        const page = await pageOf(body, { contentType: type });
        expect(comparePages({ ip4: page, ip4Again: page, ip6: page })).toEqual({
          similarity: 1,
          baseline: 1,
          sameTitle: true,
          sameFinalUrl: true,
          difference: "",
        });
      }),
    );
  });

  test("two pages are as alike one way as the other, between 0 and 1, and 1 if their texts are equal", async () => {
    await fc.assert(
      fc.asyncProperty(html, html, async (left, right) => {
        const [one, other] = await Promise.all([pageOf(left), pageOf(right)]);
        const there = similarity(one.text, other.text);
        expect(similarity(other.text, one.text)).toBe(there);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(1);
        expect(one.text.digest !== other.text.digest || there === 1).toBe(true);
      }),
    );
  });

  test("a difference can be shown: short, one line of each side per line, no controls", async () => {
    await fc.assert(
      fc.asyncProperty(html, html, html, async (first, second, third) => {
        const [ip4, ip6, ip4Again] = await Promise.all([
          pageOf(first),
          pageOf(second),
          pageOf(third),
        ]);
        const { difference } = comparePages({ ip4, ip4Again, ip6 });
        expect(difference.length).toBeLessThanOrEqual(1000);
        for (const line of difference === "" ? [] : difference.split("\n")) {
          expect(line).toMatch(/^[-+] /);
          expect(line).not.toMatch(UNSTORABLE);
        }
      }),
    );
  });
});

test("every URL of a srcset that was put together is told", () => {
  const url = fc.stringMatching(/^[a-z0-9/._-]{1,20}$/);
  const descriptor = fc.constantFrom("", " 1x", " 200w", " 1.5x ", "\n2x");
  fc.assert(
    fc.property(fc.array(fc.tuple(url, descriptor)), (candidates) => {
      const value = candidates.map(([name, what]) => name + what).join(", ");
      expect([...srcsetUrls(value)]).toEqual(candidates.map(([name]) => name));
    }),
  );
});
