import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import type { PageParity } from "../../../src/domain/audit/page.ts";
import type { Family } from "../../../src/domain/family.ts";
import { comparePages } from "../../../src/probes/page/index.ts";
import { landingOf } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    only: ["page-whole", "page-noise", "page-differs-by-family", "page-differs-always"],
  });
});
afterAll(() => lab.stop());

async function parityOf(id: string): Promise<PageParity> {
  const page = (family: Family) => landingOf(lab, id, family);
  return comparePages({
    ip4: await page("ip4"),
    ip6: await page("ip6"),
    ip4Again: await page("ip4"),
  });
}

describe("landing pages of the lab over both families", () => {
  test.for(["page-whole", "page-noise"])("are alike: %s", async (id, { skip }) => {
    skip(!lab.ip6, "no IPv6 loopback on this machine");
    expect(await parityOf(id)).toEqual({
      similarity: 1,
      baseline: 1,
      sameTitle: true,
      sameFinalUrl: true,
      difference: "",
    });
  });

  test("differ where another page is shown over IPv6", async ({ skip }) => {
    skip(!lab.ip6, "no IPv6 loopback on this machine");
    const parity = await parityOf("page-differs-by-family");
    expect(parity).toMatchObject({ baseline: 1, sameTitle: false, sameFinalUrl: true });
    expect(parity.similarity).toBeLessThan(0.1);
    expect(parity.difference).toContain("+ The web server works.");
  });

  test("differ over IPv4 too where much is drawn by lot", async ({ skip }) => {
    skip(!lab.ip6, "no IPv6 loopback on this machine");
    const { similarity, baseline, sameTitle } = await parityOf("page-differs-always");
    expect(sameTitle).toBe(true);
    for (const alike of [similarity, baseline]) {
      expect(alike).toBeGreaterThan(0);
      expect(alike).toBeLessThan(0.9);
    }
  });
});
