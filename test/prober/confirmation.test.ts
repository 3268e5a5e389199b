import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FAILURES, failure, type FailureKind } from "../../src/domain/failure.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { gateFailure } from "../../src/domain/vantage.ts";
import { Confirmation } from "../../src/prober/confirmation.ts";
import { result, vantage } from "./support/states.ts";

const targetKinds = (Object.keys(FAILURES) as FailureKind[]).filter(
  (kind) => FAILURES[kind].source === "target" && kind !== "no_address_at_all",
);
const kind = fc.constantFrom(...targetKinds);
const family = fc.constantFrom(...FAMILIES);

const failed = (kind: FailureKind, family: Family = "ip4"): ProbeResult =>
  result({ outcome: "fail", failure: failure(kind), family });

/** A confirmation with the questions that it asked. */
function start() {
  const asked: number[] = [];
  const confirmation = new Confirmation(0, (question) => asked.push(question));
  const settle = (result: ProbeResult) => confirmation.settle(result, "scheduled");
  return { asked, confirmation, settle };
}

test("a new failure is held until a self-test after it, and released as it is when the gate holds", async () => {
  await fc.assert(
    fc.asyncProperty(kind, family, async (kind, family) => {
      const { asked, confirmation, settle } = start();
      const released: ProbeResult[] = [];
      const held = settle(failed(kind, family)).then((one) => released.push(one));
      confirmation.answer(vantage(true, true), 0);
      await Promise.resolve();
      expect(released).toEqual([]);
      expect(asked).toEqual([1]);
      confirmation.answer(vantage(true, true), 1);
      await held;
      expect(released).toEqual([failed(kind, family)]);
    }),
  );
});

test("a failure is excused when its own family's gate turns out closed, and only then", async () => {
  await fc.assert(
    fc.asyncProperty(kind, family, family, async (kind, family, closed) => {
      const { confirmation, settle } = start();
      const held = settle(failed(kind, family));
      confirmation.answer(vantage(closed !== "ip4", closed !== "ip6"), 1);
      const excused = gateFailure(family);
      const own = { outcome: "unknown", failure: failure(excused) };
      const other = { outcome: "fail", failure: failure(kind) };
      expect(await held).toMatchObject(closed === family ? own : other);
    }),
  );
});

test("every failure is excused when the resolver turns out unusable, a missing address too", async () => {
  const { confirmation, settle } = start();
  const known = settle(result({ portal: 2 }));
  expect((await known).outcome).toBe("ok");
  const held = [
    settle(failed("no_address_at_all")),
    settle(result({ portal: 2, outcome: "no_address" })),
  ];
  confirmation.answer(vantage(true, true, false), 2);
  const unusable = { outcome: "unknown", failure: failure("resolver_unusable") };
  expect(await Promise.all(held)).toMatchObject([unusable, unusable]);
});

test("a missing address is excused while the resolver is in doubt, other failures are not", async () => {
  const { confirmation, settle } = start();
  const held = [settle(failed("no_address_at_all")), settle(failed("http_status", "ip6"))];
  const open = vantage(true, true);
  const doubtful = { ...open, resolver: { ...open.resolver, doubtful: true } };
  confirmation.answer(doubtful, 2);
  expect(await Promise.all(held)).toMatchObject([
    { outcome: "unknown", failure: failure("resolver_unusable") },
    { outcome: "fail", failure: failure("http_status") },
  ]);
});

test("a missing address needs only a resolver: a closed gate does not excuse it", async () => {
  const { confirmation, settle } = start();
  const held = settle(failed("no_address_at_all"));
  confirmation.answer(vantage(false, false), 1);
  expect((await held).failure).toEqual(failure("no_address_at_all"));
});

test("what is no news is released at once: successes, the same failure again, unknown runs", async () => {
  const { asked, confirmation, settle } = start();
  const first = settle(failed("connect_timeout"));
  confirmation.answer(vantage(true, true), 1);
  await first;
  const again = [
    failed("connect_timeout"),
    result({ outcome: "unknown", failure: failure("dns_timeout") }),
    result(),
    result({ portal: 3, outcome: "no_address" }),
  ];
  for (const one of again) expect(await settle(one)).toBe(one);
  expect(asked).toEqual([1]);
});

test("after a good run the same failure is news again, and so is a portal that was forgotten", async () => {
  const { asked, confirmation, settle } = start();
  const fail = async () => {
    const held = settle(failed("tls_timeout"));
    confirmation.answer(vantage(true, true), asked.length);
    await held;
  };
  await fail();
  await settle(result());
  await fail();
  confirmation.forget(1);
  await fail();
  expect(asked).toEqual([1, 2, 3]);
});

test("an excused failure does not count as known", async () => {
  const { asked, confirmation, settle } = start();
  const held = settle(failed("connect_timeout"));
  confirmation.answer(vantage(false, true), 1);
  expect((await held).outcome).toBe("unknown");
  const next = settle(failed("connect_timeout"));
  confirmation.answer(vantage(true, true), 2);
  expect((await next).outcome).toBe("fail");
  expect(asked).toEqual([1, 2]);
});

test("what nobody will answer any more is unknown by our own fault, never a failure", async () => {
  const { confirmation, settle } = start();
  const held = settle(failed("connect_timeout"));
  confirmation.close();
  expect(await held).toMatchObject({ outcome: "unknown", failure: failure("prober_fault") });
});

test("a run that was asked for is confirmed too, but is not what is known of a portal", async () => {
  const { asked, confirmation, settle } = start();
  const first = confirmation.settle(failed("tls_timeout"), "asked");
  confirmation.answer(vantage(true, true), 1);
  expect((await first).outcome).toBe("fail");
  const second = settle(failed("tls_timeout"));
  confirmation.answer(vantage(true, true), 2);
  expect((await second).outcome).toBe("fail");
  const third = failed("tls_timeout");
  expect(await confirmation.settle(third, "asked")).toBe(third);
  expect(asked).toEqual([1, 2]);
});
