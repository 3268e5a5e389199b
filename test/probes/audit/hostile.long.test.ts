import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import { sizeOf } from "../../../src/probes/audit/fit.ts";
import { createAudit } from "../../../src/probes/audit/index.ts";
import {
  NO_TURNS,
  QUICK,
  auditOf,
  auditOrder,
  entryOf,
  labAuditOptions,
  word,
} from "./support/lab-audits.ts";

const HOSTILE = [
  "body-endless",
  "body-bomb",
  "body-stalls",
  "headers-endless",
  "headers-slow",
  "tls-garbage",
  "tls-silent",
  "redirect-loop",
  "redirect-chain",
  "dead",
];

const LIMITS = { ...QUICK, tcpMs: 700, tlsMs: 1000, httpMs: 1000 };

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ only: ["healthy", "idn", ...HOSTILE] });
});
afterAll(() => lab.stop());
beforeEach((context) => context.skip(!lab.ip6, "no IPv6 loopback on this machine"));

describe("a hostile portal ends in facts", () => {
  test.each([
    ["body-endless", ["completed", "answered", "arrived"]],
    ["body-bomb", ["completed", "answered", "arrived"]],
    ["body-stalls", ["completed", "answered", "arrived"]],
    ["headers-endless", ["completed", "failed", "failed"]],
    ["tls-garbage", ["error", "not_reached", "not_reached"]],
    ["tls-silent", ["timeout", "not_reached", "not_reached"]],
    ["redirect-loop", ["completed", "answered", "loop"]],
    ["redirect-chain", ["completed", "answered", "limit"]],
  ])("%s: handshake, answer and chain are %j", async (id, expected) => {
    const observation = await auditOf(lab, id, { options: { limits: LIMITS } });
    const { tls, answer } = entryOf(observation, "ip6");
    expect([tls, answer, observation.facts.chains.ip6].map(word)).toEqual(expected);
    expect(sizeOf(observation.facts)).toBeLessThan(32 * 1024);
  });

  test("what is kept of a page without end says that it was cut", async () => {
    const { facts } = await auditOf(lab, "body-endless");
    expect(facts.page.pages.ip6).toMatchObject({ cut: true, bodyBytes: 1024 * 1024 });
    const bomb = await auditOf(lab, "body-bomb");
    expect(bomb.facts.page.pages.ip6).toMatchObject({ cut: true, bodyBytes: 1024 * 1024 });
  });
});

/** Portals at which there is nothing to do but wait. */
const WAITING = new Set(["body-stalls", "headers-slow", "tls-silent", "dead"]);

/** Longer than any test: who waits goes on until the audit is cut. */
const ENDLESS = { tcpMs: 600_000, tlsMs: 600_000, httpMs: 600_000 };

test("healthy neighbours of hostile portals in the same thread end while those still wait", async () => {
  const limits = { ...QUICK, ...ENDLESS };
  const options = { limits, timeoutMs: 600_000, turns: NO_TURNS };
  const audit = createAudit(labAuditOptions(lab, options));
  const cut = new AbortController();
  const ended: string[] = [];
  const run = async (id: string) => {
    const order = auditOrder({ signal: cut.signal });
    const observation = await audit.run({ url: lab.portal(id).url }, order);
    ended.push(id);
    return observation;
  };
  const hostile = HOSTILE.map(run);
  const healthy = await Promise.all([run("healthy"), run("idn")]);
  expect(ended.filter((id) => WAITING.has(id))).toEqual([]);
  cut.abort();
  await Promise.all(hostile);
  audit.close();
  expect(ended).toHaveLength(HOSTILE.length + healthy.length);
  for (const { facts } of healthy) {
    expect([facts.chains.ip6, facts.page.parity].map(word)).toEqual(["arrived", "seen"]);
  }
}, 60_000);
