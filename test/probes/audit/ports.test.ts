import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { seePort } from "../../../src/probes/audit/ports.ts";
import { inNamespace, whyNoNamespace } from "../../support/network-namespace.ts";
import { runProgram } from "../../support/run-program.ts";
import { listening } from "./support/listening.ts";
import { OPEN, at, toolsOf } from "./support/tools.ts";

const RESETTING = new URL("../support/resetting-server.ts", import.meta.url);

function blockFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe("a port", () => {
  test("that opens is open, at the first try that does", async () => {
    const { port } = await listening();
    const sight = await seePort(at(port), toolsOf());
    expect(sight).toEqual({ outcome: "open", code: null, failedTries: 0 });
  });

  test("that resets while it connects is reset", async () => {
    const server = fork(RESETTING);
    onTestFinished(() => void server.kill());
    const [{ port }] = await once(server, "message");
    // Blocks after the SYN has left, so that the reset is there before the connection is looked at.
    const turns = {
      at: async () => {
        process.nextTick(() => process.nextTick(() => blockFor(300)));
        return () => undefined;
      },
    };
    const sight = await seePort(at(port), toolsOf({ session: { turns } }));
    expect(sight).toEqual({ outcome: "reset", code: "ECONNRESET", failedTries: 3 });
  });

  test("without a way to it is unreachable", async (context) => {
    const why = await whyNoNamespace();
    if (why !== null) context.skip(`no network namespace here: ${why}`);
    const play = fileURLToPath(new URL("support/unreachable.play.ts", import.meta.url));
    const { stdout, stderr } = await inNamespace([], [process.execPath, play]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ outcome: "unreachable", failedTries: 3 });
  });

  test("of an address that the rule refuses, or of a closed family, gets no packet", async () => {
    const server = await listening();
    const refused = await seePort(at(server.port), toolsOf({ allowed: "::1/128" }));
    expect(refused).toEqual({ unseen: "refused_here" });
    const gate = { ...OPEN, families: { ip4: false, ip6: true } };
    const closed = await seePort(at(server.port), toolsOf({ session: { gate } }));
    expect(closed).toEqual({ unseen: "vantage_no_ipv4" });
    expect(server.connections()).toBe(0);
  });

  test("is not reached after the audit's end, nor while it waits for its turn", async () => {
    const server = await listening();
    const over = toolsOf({ session: { signal: AbortSignal.abort() } });
    expect(await seePort(at(server.port), over)).toEqual({ unseen: "deadline" });
    expect(server.connections()).toBe(0);
  });

  test("that our own limits kept from being tried is a fault of ours", async () => {
    const play = fileURLToPath(new URL("support/out-of-sockets.play.ts", import.meta.url));
    const command = 'ulimit -n 60 && exec "$0" "$@"';
    const { stdout } = await runProgram("sh", ["-c", command, process.execPath, play]);
    expect(JSON.parse(stdout)).toEqual({
      sight: { unseen: "own_fault" },
      faults: ["audit: own_sockets"],
    });
  });
});
