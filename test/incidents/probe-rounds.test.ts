import { expect, test } from "vitest";
import { createProbeRounds } from "../../src/incidents/probe-rounds.ts";
import { startHeartbeat } from "../../src/incidents/heartbeat-rounds.ts";
import { createHeartbeat } from "../../src/notify/heartbeat.ts";
import { readNotifyConfig } from "../../src/notify/config.ts";
import { notifyEnvironment } from "../notify/support.ts";
import { recordingLog } from "../store/helpers/tables.ts";
import { startHttpReceiver } from "../support/http-receiver.ts";

const MINUTE = 60_000;

function rounds(expected: number) {
  let count = 0;
  const { record } = createProbeRounds({
    intervalMs: MINUTE,
    expected: () => expected,
    onRound: () => void (count += 1),
  });
  const run = (round: number, change = {}) => ({
    scheduledAt: round * MINUTE + 5,
    attempt: 0,
    outcome: "ok" as const,
    ...change,
  });
  const many = (round: number, runs: number, change = {}) => {
    record(Array.from({ length: runs }, () => run(round, change)));
    return count;
  };
  return many;
}

test("a round is complete once, when 95 % of what was due was probed, in whatever order", () => {
  const many = rounds(100);
  expect(many(1, 94)).toBe(0);
  expect(many(2, 10)).toBe(0);
  expect(many(1, 1)).toBe(1);
  expect(many(1, 5)).toBe(1);
  expect(many(2, 85)).toBe(2);
});

test("skipped runs and confirmations complete no round, and late ones of an earlier round none twice", () => {
  const many = rounds(10);
  expect(many(1, 30, { outcome: "skipped" })).toBe(0);
  expect(many(1, 30, { attempt: 1 })).toBe(0);
  expect(many(2, 10)).toBe(1);
  expect(many(1, 10)).toBe(1);
  expect(many(3, 10, { outcome: "unknown" })).toBe(2);
});

test("without portals there is no round", () => {
  expect(rounds(0)(1, 5)).toBe(0);
});

test("a heartbeat asks for its URL, follows nothing, and counts what was not taken", async () => {
  const server = await startHttpReceiver();
  const { heartbeat: settings } = readNotifyConfig(
    JSON.stringify({
      channels: [{ name: "hook", kind: "webhook", url: server.url, secret: { env: "SECRET" } }],
      routes: [{ channels: ["hook"] }],
      heartbeat: { url: { env: "BEAT" }, allow_networks: ["127.0.0.0/8"] },
    }),
    notifyEnvironment({ variable: (name) => (name === "BEAT" ? `${server.url}/secret-id` : "x") }),
  );
  if (settings === null) throw new Error("no heartbeat");
  const log = recordingLog();
  const counted: string[] = [];
  const heard = Promise.withResolvers<void>();
  const metrics = {
    notified: (channel: string) => void counted.push(`${channel} taken`),
    notifyFailed: (channel: string) => {
      counted.push(`${channel} failed`);
      heard.resolve();
    },
  };
  server.answer = () => ({ status: 307, headers: { location: `${server.url}/other` } });
  const beats = startHeartbeat(createHeartbeat(settings), { log, metrics });
  beats.roundCompleted();
  beats.roundCompleted();
  await heard.promise;
  await beats.stop();
  expect(counted).toEqual(["heartbeat failed"]);
  expect(server.requests.map(({ method, path }) => [method, path])).toEqual([
    ["GET", "/secret-id"],
  ]);
  expect(JSON.stringify(log.lines)).not.toContain("secret-id");
  await server.stop();
});
