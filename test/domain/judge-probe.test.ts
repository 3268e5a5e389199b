import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAILURES, type FailureKind, SKIP_REASONS } from "../../src/domain/failure.ts";
import { acceptsStatus, endsChain, judgeProbe } from "../../src/domain/judge-probe.ts";
import { OUTCOMES, PHASES } from "../../src/domain/observation.ts";
import type { Expectation } from "../../src/domain/portal.ts";
import { evidenceOf } from "../../src/domain/probe-evidence.ts";
import type { HopSight, ProbeFacts } from "../../src/domain/probe-facts.ts";

const LIMITS = { lagLimitMs: 500 };

/** A run that went well. */
const GOOD: ProbeFacts = {
  family: "ip6",
  noAddress: false,
  stopped: null,
  skipped: null,
  hops: [hop({ status: 200 })],
  status: 200,
  final: true,
  bodyBytes: 10,
  bodyMismatches: [],
  addresses: ["2001:db8::2", "2001:db8::1"],
  failedAddresses: [],
  certificate: null,
  phasesMs: { resolve: 1, connect: 1, tls: 1, processing: 1, transfer: 1 },
  totalMs: 5,
  loopLagMs: 3,
};

function hop(change: Partial<HopSight> = {}): HopSight {
  const url = "https://portal.example/";
  return { url, address: "::1", status: null, certificateFaults: [], chainCode: null, ...change };
}

function judge(change: Partial<ProbeFacts>, expectation: Expectation = {}) {
  const { outcome, failure, skipReason } = judgeProbe({ ...GOOD, ...change }, expectation, LIMITS);
  return [outcome, failure?.kind ?? skipReason];
}

const stop = (kind: FailureKind, phase: (typeof PHASES)[number] = "connect") => ({
  stop: kind,
  phase,
  code: "X",
});

describe("judgeProbe", () => {
  test("a 2xx at the end of the way is ok", () => {
    expect(judge({})).toEqual(["ok", null]);
    expect(judge({ status: 204 })).toEqual(["ok", null]);
  });

  test("the final status alone decides by default, and the portal's own set where it has one", () => {
    for (const status of [304, 403, 404, 429, 500, 503]) {
      expect(judge({ status })).toEqual(["fail", "http_status"]);
    }
    expect(judge({ status: 403 }, { status: ["2xx", 403] })).toEqual(["ok", null]);
    expect(judge({ status: 200 }, { status: ["300-399"] })).toEqual(["fail", "http_status"]);
    expect(judge({ status: 302 }, { status: [302] })).toEqual(["ok", null]);
  });

  test("a redirect that leads nowhere is redirect_invalid, not a bad status", () => {
    expect(judge({ status: 302 })).toEqual(["fail", "redirect_invalid"]);
  });

  test("only failures of the target accuse it; those of the resolver and ours leave it unknown", () => {
    for (const kind of Object.keys(FAILURES) as FailureKind[]) {
      const facts = { stopped: stop(kind), status: null, final: false };
      const outcome = FAILURES[kind].source === "target" ? "fail" : "unknown";
      expect(judge(facts)).toEqual([outcome, kind]);
    }
  });

  test("a late event loop makes everything unknown except what was not run at all", () => {
    expect(judge({ loopLagMs: 501 })).toEqual(["unknown", "event_loop_lag"]);
    expect(judge({ loopLagMs: 501, noAddress: true })).toEqual(["unknown", "event_loop_lag"]);
    const skipped = judge({ loopLagMs: 501, skipped: "skip_address_busy" });
    expect(skipped).toEqual(["skipped", "skip_address_busy"]);
    expect(judge({ loopLagMs: 500 })).toEqual(["ok", null]);
  });

  test("a bad certificate on the way decides over whatever came after it", () => {
    const hops = [hop({ certificateFaults: ["tls_expired", "tls_hostname"] }), hop()];
    expect(judge({ hops })).toEqual(["fail", "tls_expired"]);
    expect(judge({ hops, status: 500 })).toEqual(["fail", "tls_expired"]);
    const later = stop("dns_servfail", "resolve");
    expect(judge({ hops, stopped: later, final: false })).toEqual(["fail", "tls_expired"]);
  });

  test("a bad status outweighs a body that stalls, a good one does not", () => {
    const stopped = stop("body_timeout", "transfer");
    expect(judge({ stopped, status: 500 })).toEqual(["fail", "http_status"]);
    expect(judge({ stopped })).toEqual(["fail", "body_timeout"]);
  });

  test("what is missing from the body fails, what only exceeds a limit degrades", () => {
    const bodyMismatches = [{ part: "bodyText", why: "absent" }] as const;
    expect(judge({ bodyMismatches })).toEqual(["fail", "body_mismatch"]);
    const failedAddresses = [{ address: "::2", kind: "connect_refused" }] as const;
    expect(judge({ failedAddresses })).toEqual(["degraded", "partial_address_set"]);
    expect(judge({ totalMs: 801 }, { maxResponseMs: 800 })).toEqual(["degraded", "too_slow"]);
    expect(judge({ totalMs: 800 }, { maxResponseMs: 800 })).toEqual(["ok", null]);
    expect(judge({ bodyMismatches, failedAddresses })).toEqual(["fail", "body_mismatch"]);
  });

  test("absence of records in one family is neither success nor failure", () => {
    expect(judge({ noAddress: true, status: null, final: false })).toEqual(["no_address", null]);
  });

  test("a run without an end is our fault", () => {
    expect(judge({ final: false })).toEqual(["unknown", "prober_fault"]);
    expect(judge({ status: null })).toEqual(["unknown", "prober_fault"]);
  });

  test("every combination of facts has one verdict, and outcome, source and reason fit together", () => {
    const kind = fc.constantFrom(...(Object.keys(FAILURES) as FailureKind[]));
    const facts = fc.record({
      noAddress: fc.boolean(),
      skipped: fc.option(fc.constantFrom(...SKIP_REASONS)),
      stopped: fc.option(fc.tuple(kind, fc.constantFrom(...PHASES)).map(([k, p]) => stop(k, p))),
      hops: fc.array(fc.array(kind).map((faults) => hop({ certificateFaults: faults }))),
      status: fc.option(fc.integer({ min: 100, max: 999 })),
      final: fc.boolean(),
      failedAddresses: fc.array(fc.record({ address: fc.ipV6(), kind })),
      totalMs: fc.double({ min: 0, noNaN: true }),
      loopLagMs: fc.double({ min: 0, max: 1000, noNaN: true }),
    });
    const expectation = fc.record({
      status: fc.option(fc.array(fc.oneof(fc.integer(), fc.string())), { nil: undefined }),
      maxResponseMs: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(facts, expectation, (change, wanted) => {
        const whole = { ...GOOD, ...change };
        const { outcome, failure, skipReason } = judgeProbe(whole, wanted, LIMITS);
        expect(OUTCOMES).toContain(outcome);
        expect(skipReason !== null).toBe(outcome === "skipped");
        expect(failure !== null).toBe(["degraded", "fail", "unknown"].includes(outcome));
        if (failure === null) return;
        expect(failure.source).toBe(FAILURES[failure.kind].source);
        expect(failure.source !== "target").toBe(outcome === "unknown");
        expect(evidenceOf(whole, failure, wanted, [])).toHaveProperty("hops");
      }),
    );
  });
});

describe("evidence", () => {
  test("is the same at every repeat of the same fault", () => {
    const failedAddresses = [
      { address: "::2", kind: "connect_refused" },
      { address: "::1", kind: "connect_timeout" },
    ] as const;
    const kind = { kind: "connect_timeout", source: "target" } as const;
    const once: ProbeFacts = { ...GOOD, failedAddresses, stopped: stop("connect_timeout") };
    const again = {
      ...once,
      addresses: once.addresses.toReversed(),
      failedAddresses: failedAddresses.toReversed(),
      totalMs: 77,
      loopLagMs: 9,
    };
    expect(evidenceOf(again, kind, {}, [])).toEqual(evidenceOf(once, kind, {}, []));
  });

  test("leaves out what a session puts into a URL", () => {
    const url = "https://portal.example/page;jsessionid=1A2B?token=secret";
    const facts = { ...GOOD, hops: [hop({ url, to: `${url}&more=1` })] };
    const kind = { kind: "http_status", source: "target" } as const;
    const { hops } = evidenceOf(facts, kind, {}, []);
    expect(hops[0]).toMatchObject({
      url: "https://portal.example/page",
      to: "https://portal.example/page",
    });
  });

  test("of a bad certificate names all its faults and what chain building said", () => {
    const bad = hop({
      certificateFaults: ["tls_untrusted", "tls_hostname"],
      chainCode: "SOME_CODE",
    });
    const kind = { kind: "tls_untrusted", source: "target" } as const;
    expect(evidenceOf({ ...GOOD, hops: [bad] }, kind, {}, [])).toMatchObject({
      phase: "tls",
      code: "SOME_CODE",
      detail: { faults: ["tls_untrusted", "tls_hostname"] },
    });
  });
});

function accepts(pattern: number | string, status: number): boolean {
  return acceptsStatus({ status: [pattern] }, status);
}

describe("status sets", () => {
  test("take single codes, classes and ranges, and nothing else", () => {
    expect(accepts(200, 200)).toBe(true);
    expect(accepts("2xx", 299)).toBe(true);
    expect(accepts("2XX", 300)).toBe(false);
    expect(accepts("200-204", 204)).toBe(true);
    expect(accepts("200-204", 205)).toBe(false);
    for (const nonsense of ["", "abc", "204-200", "6xx", "20", "-1", "200-"]) {
      expect(accepts(nonsense, 200)).toBe(false);
    }
  });

  test("a redirect is followed unless the portal's own set contains it", () => {
    expect(endsChain({}, 302)).toBe(false);
    expect(endsChain({ status: ["2xx"] }, 302)).toBe(false);
    expect(endsChain({ status: ["2xx", 302] }, 302)).toBe(true);
  });
});
