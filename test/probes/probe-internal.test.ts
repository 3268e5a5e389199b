import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { type ProbeOptions, createProbe } from "../../src/probes/index.ts";
import { runProgram } from "../support/run-program.ts";
import { loopbackOptions, order, target, vantage, verdict } from "./support/runs.ts";
import { addressRecord, answerWith, httpAnswer, serveDns, serveTcp } from "./support/servers.ts";

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

function keep<T extends { close(): void | Promise<void> }>(thing: T): T {
  open.push(thing);
  return thing;
}

/** Port 9 (discard) of loopback, where nothing listens. */
const CLOSED = "127.0.0.1:9";

const probeWith = (change: Partial<ProbeOptions> = {}, dns = CLOSED) =>
  keep(createProbe(loopbackOptions(dns, change)));

const hello = async () => keep(await serveTcp(answerWith(httpAnswer("hello"))));

function blockFor(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

/** The verdict of a run in a process that has no file descriptor left. */
function outOfSockets(...args: string[]) {
  const script = fileURLToPath(new URL("support/run-out-of-sockets.ts", import.meta.url));
  const command = 'ulimit -n 60 && exec "$0" "$@"';
  return runProgram("sh", ["-c", command, process.execPath, script, ...args]);
}

const give = () => undefined;

/** Blocks after the SYN has left and before its answer is looked at; what comes back comes meanwhile. */
function admitAndBlock() {
  process.nextTick(() => process.nextTick(() => blockFor(200)));
  return give;
}

const admitLate = async () => {
  await sleep(700);
  return give;
};

const admitAllButOne = (address: string) => (address === "127.0.0.2" ? null : give);

describe("our own faults make a run unknown", () => {
  test("no file descriptor left for a connection is own_sockets", async () => {
    const { stdout, stderr } = await outOfSockets("http://127.0.0.1:9/");
    expect(stderr + stdout).toBe("unknown own_sockets internal EMFILE");
  });

  test("no file descriptor left for a question to the resolver accuses nobody either", async () => {
    const { stdout, stderr } = await outOfSockets("http://portal.test/", CLOSED);
    expect(stderr + stdout).toBe("unknown resolver_down internal ECONNREFUSED");
  });

  test("a late event loop is event_loop_lag", async () => {
    const { port } = keep(
      await serveTcp((socket) => {
        socket.once("data", () => {
          blockFor(150);
          socket.end(httpAnswer("hello"));
        });
      }),
    );
    const url = target(`http://127.0.0.1:${port}/`);
    const result = await probeWith({ lagLimitMs: 60 }).run(url, order("ip4"));
    expect(verdict(result)).toBe("unknown event_loop_lag internal");
    expect(result.loopLagMs).toBeGreaterThan(60);
    expect(result.status).toBe(200);
  });

  test("no resolver behind the configured address is resolver_down", async () => {
    const result = await probeWith().run(target("https://portal.test/"), order("ip6"));
    expect(verdict(result)).toBe("unknown resolver_down internal");
  });

  test("an exception of ours is prober_fault, counted and told, and never reaches the caller", async () => {
    const faults: Error[] = [];
    const probe = probeWith({ onFault: (error) => faults.push(error) });
    const result = await probe.run(target("this is no URL"), order("ip4"));
    expect(verdict(result)).toBe("unknown prober_fault internal");
    expect(result.evidence?.code).toBe("ERR_INVALID_URL");
    expect(probe.faults).toBe(1);
    expect(faults[0]?.cause).toBeInstanceOf(TypeError);
  });
});

describe("the network's own refusals", () => {
  test("a missing route is the portal's while the gate of the family holds", async () => {
    // Connecting to the broadcast address of loopback is refused by the kernel, without a packet.
    const url = target("http://127.255.255.255/");
    const result = await probeWith().run(url, order("ip4"));
    expect(verdict(result)).toBe("fail network_unreachable target");
    expect(result.evidence).toMatchObject({ phase: "connect", code: "ENETUNREACH" });
  });

  test("a reset before the connection was noticed is connect_reset", async () => {
    const server = fork(new URL("support/resetting-server.ts", import.meta.url));
    keep({ close: () => void server.kill() });
    const [{ port }] = await once(server, "message");
    const url = target(`http://127.0.0.1:${port}/`);
    const result = await probeWith({ acquireAddress: admitAndBlock }).run(url, order("ip4"));
    expect(verdict(result)).toBe("fail connect_reset target");
  });
});

describe("our own limits", () => {
  test("an address that is busy makes a run skipped, with the limit's reason", async () => {
    const { port, connections } = await hello();
    const url = target(`http://127.0.0.1:${port}/`);
    const busy = await probeWith({ acquireAddress: () => null }).run(url, order("ip4"));
    expect(verdict(busy)).toBe("skipped skip_address_busy");
    const limited = probeWith({ acquireAddress: () => "skip_rate_limit" });
    expect(verdict(await limited.run(url, order("ip4")))).toBe("skipped skip_rate_limit");
    expect(busy.evidence).toBe(null);
    expect(connections()).toBe(0);
  });

  test("every address taken is given back, whatever the connection came to", async () => {
    const { port } = await hello();
    let held = 0;
    const acquireAddress = () => {
      held += 1;
      return () => void (held -= 1);
    };
    const probe = probeWith({ acquireAddress });
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
      "http://127.0.0.1:9/",
    ]) {
      await probe.run(target(url), order("ip4"));
      expect(held).toBe(0);
    }
  });

  test("waiting for an address is not the portal's time: neither deadline nor total count it", async () => {
    const { port } = await hello();
    const timeoutMs = 500;
    const probe = probeWith({ acquireAddress: admitLate, timeoutMs });
    const result = await probe.run(target(`http://127.0.0.1:${port}/`), order("ip4"));
    expect(verdict(result)).toBe("ok");
    expect(result.totalMs).toBeLessThan(timeoutMs);
  });

  test("an address kept from us does not let the others be blamed", async () => {
    const dns = keep(
      await serveDns((name) => ["127.0.0.1", "127.0.0.2"].map((data) => addressRecord(name, data))),
    );
    const probe = probeWith({ acquireAddress: admitAllButOne }, dns.server);
    const result = await probe.run(target("http://portal.test:9/"), order("ip4"));
    expect(verdict(result)).toBe("skipped skip_address_busy");
  });

  test("a stopping prober cuts runs in every phase; they are skipped, not failed", async () => {
    const mute = keep(await serveTcp(() => undefined));
    const dns = keep(await serveDns(() => "silence"));
    const probe = probeWith({}, dns.server);
    for (const url of [
      `http://127.0.0.1:${mute.port}/`,
      `https://127.0.0.1:${mute.port}/`,
      "http://portal.test/",
    ]) {
      const stop = new AbortController();
      const running = probe.run(target(url), order("ip4", { signal: stop.signal }));
      setTimeout(() => stop.abort(), 50);
      expect(verdict(await running)).toBe("skipped skip_stopping");
    }
    const late = order("ip4", { signal: AbortSignal.abort() });
    expect(verdict(await probe.run(target("http://127.0.0.1:9/"), late))).toBe(
      "skipped skip_stopping",
    );
  });
});

describe("the result", () => {
  test("says which run it is of", async () => {
    const { port } = await hello();
    const probe = probeWith({ vantage: "hanoi", clock: () => 5000 });
    const given = { scheduledAt: 4000, attempt: 2, gate: vantage() };
    const result = await probe.run(target(`http://127.0.0.1:${port}/`), order("ip4", given));
    expect(result).toMatchObject({
      portal: 7,
      family: "ip4",
      vantage: "hanoi",
      scheduledAt: 4000,
      attempt: 2,
      startedAt: 5000,
      addresses: ["127.0.0.1"],
      address: "127.0.0.1",
    });
  });
});
