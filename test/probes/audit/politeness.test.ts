import { describe, expect, test } from "vitest";
import { isUnseen } from "../../../src/domain/audit/sight.ts";
import { withTcp } from "../../../src/probes/audit/dial.ts";
import { MAX_CONNECTIONS } from "../../../src/probes/audit/limits.ts";
import { seePort } from "../../../src/probes/audit/ports.ts";
import { createTurns } from "../../../src/probes/audit/session.ts";
import { createSlots } from "../../../src/probes/audit/slots.ts";
import { listening } from "./support/listening.ts";
import { at, toolsOf } from "./support/tools.ts";

const tick = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Counts how many are inside at once, and the most there were. */
function gauge() {
  let inside = 0;
  let most = 0;
  return {
    get most() {
      return most;
    },
    async visit() {
      inside += 1;
      most = Math.max(most, inside);
      for (let ticks = 0; ticks < 5; ticks += 1) await tick();
      inside -= 1;
    },
  };
}

describe("connections of audits", () => {
  test("to one address come one after the other, over all audits that share their turns", async () => {
    const { port } = await listening();
    const turns = createTurns();
    const audits = [toolsOf({ session: { turns } }), toolsOf({ session: { turns } })];
    const seen = gauge();
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => withTcp(at(port), audits[n % 2]!, () => seen.visit())),
    );
    expect(seen.most).toBe(1);
  });

  test("to several addresses run side by side, at most a handful per audit", async () => {
    const addresses = Array.from({ length: 20 }, (_, n) => `127.0.9.${n + 1}`);
    const servers = await Promise.all(
      addresses.map((address) => listening(() => undefined, address)),
    );
    const tools = toolsOf({ slots: createSlots(MAX_CONNECTIONS) });
    const seen = gauge();
    await Promise.all(
      servers.map(({ port }, n) => withTcp(at(port, addresses[n]), tools, () => seen.visit())),
    );
    expect(seen.most).toBeGreaterThan(1);
    expect(seen.most).toBeLessThanOrEqual(MAX_CONNECTIONS);
  });

  test("give their turn and their room back whatever happens in them", async () => {
    const { port } = await listening();
    const tools = toolsOf({ slots: createSlots(1) });
    const broken = withTcp(at(port), tools, () => Promise.reject(new Error("ours")));
    await expect(broken).rejects.toThrow("ours");
    expect(await seePort(at(port), tools)).toMatchObject({ outcome: "open" });
  });

  test("tries of what fails lie apart by the gap at least, and there are three", async () => {
    const tryGapMs = 80;
    const tools = toolsOf({ session: { tryGapMs } });
    const began = performance.now();
    const sight = await seePort(at(9), tools);
    expect(isUnseen(sight) ? 0 : sight.failedTries).toBe(3);
    // Timers may fire a fraction of a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(2 * tryGapMs - 2);
  });
});
