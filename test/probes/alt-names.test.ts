import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { subjectAltNames } from "../../src/probes/alt-names.ts";

describe("subjectAltNames", () => {
  test("reads names and addresses, and leaves other kinds out", () => {
    const text =
      "DNS:portal.example, IP Address:192.0.2.1, URI:https://x/, email:a@b, IP Address:2001:DB8:0:0:0:0:0:1, DNS:*.portal.example";
    expect(subjectAltNames(text)).toEqual([
      "portal.example",
      "192.0.2.1",
      "2001:db8::1",
      "*.portal.example",
    ]);
  });

  test("keeps a quoted value in its quotes, so that it can't pass for two names", () => {
    const names = subjectAltNames('DNS:"evil.example, DNS:good.example", DNS:b.example');
    expect(names).toEqual(['"evil.example, DNS:good.example"', "b.example"]);
  });

  test("of a certificate without the extension is empty", () => {
    expect(subjectAltNames(undefined)).toEqual([]);
  });

  test("is bounded and free of control characters, whatever it is given", () => {
    const entry = fc.string({ unit: "binary" }).map((text) => `DNS:${text}`);
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 150 }), (entries) => {
        const names = subjectAltNames(entries.join(", "));
        expect(names.length).toBeLessThanOrEqual(100);
        for (const name of names) {
          expect(name.length).toBeLessThanOrEqual(253);
          expect(name).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});
