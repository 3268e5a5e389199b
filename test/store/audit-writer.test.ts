import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AuditSpool } from "../../src/store/audit-spool.ts";
import { type AuditWriter, createAuditWriter } from "../../src/store/audit-writer.ts";
import { recordingLog } from "./helpers/tables.ts";

interface Sample {
  readonly number: number;
}

let folder: string;
let log: ReturnType<typeof recordingLog>;
let stored: number[];
let lost: number;
let tries: number;
let fault: (audit: Sample) => Error | null;
let writer: AuditWriter<Sample>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-audits-"));
  log = recordingLog();
  stored = [];
  lost = 0;
  tries = 0;
  fault = () => null;
  writer = start();
});
afterEach(async () => {
  await writer.stop();
  await rm(folder, { recursive: true });
});

function start(retryMs = 0): AuditWriter<Sample> {
  return createAuditWriter<Sample>({
    spoolFolder: folder,
    log,
    spoolLimits: { maxBytes: 10_000, maxRows: 3 },
    retryMs,
    onLost: (audits) => (lost += audits),
    save: async (audit) => {
      tries += 1;
      const error = fault(audit);
      if (error !== null) throw error;
      stored.push(audit.number);
    },
  });
}

const away = Object.assign(new Error("no route"), { code: "ECONNREFUSED" });
const refusal = Object.assign(new Error("no such portal"), { code: "23503" });

test("audits are stored in the order in which they came, and leave nothing behind", async () => {
  for (const number of [1, 2, 3]) writer.put({ number });
  await writer.flush();
  await writer.flush();
  expect(stored).toEqual([1, 2, 3]);
  expect(writer.status()).toEqual({ waiting: 0, lost: 0, lastError: null });
});

test("while the database is away audits wait, and none is given up", async () => {
  fault = () => away;
  for (const number of [1, 2]) writer.put({ number });
  for (let round = 0; round < 5; round += 1) await writer.flush();
  expect(writer.status()).toEqual({ waiting: 2, lost: 0, lastError: "no route" });
  fault = () => null;
  await writer.flush();
  expect(stored).toEqual([1, 2]);
  expect(log.lines.map(({ level }) => level)).toEqual(["warn", "info"]);
});

test("an audit is on disk as soon as it is taken over: whoever comes after a kill stores it", async () => {
  const spool = new AuditSpool(join(folder, "audits.sqlite"));
  fault = () => away;
  writer.put({ number: 7 });
  expect(spool.next(0)?.body).toBe('{"number":7}');
  spool.close();
  await writer.stop();
  fault = () => null;
  writer = start();
  await writer.flush();
  expect(stored).toEqual([7]);
});

test("an audit that the database refuses holds up no other, and is given up at the third try", async () => {
  fault = ({ number }) => (number === 1 ? refusal : null);
  for (const number of [1, 2]) writer.put({ number });
  for (let round = 0; round < 4; round += 1) await writer.flush();
  expect(stored).toEqual([2]);
  expect(writer.status()).toMatchObject({ waiting: 0, lost: 1 });
  expect(lost).toBe(1);
});

test("audits that come in quick succession do not use up the tries of one that failed", async () => {
  await writer.stop();
  writer = start(60_000);
  fault = ({ number }) => (number === 1 ? refusal : null);
  for (const number of [1, 2, 3, 4]) {
    writer.put({ number });
    await writer.flush();
  }
  await writer.flush();
  expect(stored).toEqual([2, 3, 4]);
  expect(tries).toBe(4);
  expect(writer.status()).toMatchObject({ waiting: 1, lost: 0 });
});

test.each([
  ["25006", "a server that only reads, as after a fail-over"],
  ["40P01", "a deadlock with others"],
  ["42501", "a right that the database's user lacks"],
])("SQLSTATE %s, %s, is no reason to give an audit up", async (code) => {
  fault = () => Object.assign(new Error("not now"), { code });
  for (const number of [1, 2]) writer.put({ number });
  for (let round = 0; round < 6; round += 1) await writer.flush();
  expect(writer.status()).toMatchObject({ waiting: 2, lost: 0 });
  fault = () => null;
  await writer.flush();
  expect(stored).toEqual([1, 2]);
});

test("an audit that breaks our own code is given up at the third try", async () => {
  fault = () => new TypeError("undefined is not a function");
  writer.put({ number: 1 });
  for (let round = 0; round < 4; round += 1) await writer.flush();
  expect(writer.status()).toMatchObject({ waiting: 0, lost: 1 });
});

test("a full spool makes room by the oldest", async () => {
  fault = () => away;
  for (const number of [1, 2, 3, 4, 5]) writer.put({ number });
  await writer.flush();
  expect(writer.status()).toMatchObject({ waiting: 3, lost: 2 });
  fault = () => null;
  await writer.flush();
  expect(stored).toEqual([3, 4, 5]);
});

test("while the disk fails audits go to the database straight, or wait in memory", async () => {
  await writer.stop();
  const file = join(folder, "file");
  await writeFile(file, "");
  const whole = folder;
  folder = join(file, "below");
  writer = start();
  folder = whole;
  fault = () => away;
  writer.put({ number: 1 });
  await writer.flush();
  expect(writer.status()).toMatchObject({ waiting: 1, lost: 0 });
  fault = () => null;
  await writer.flush();
  expect(stored).toEqual([1]);
  expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(1);
});

test("what cannot be read back is told and dropped", async () => {
  await writer.stop();
  const spool = new AuditSpool(join(folder, "audits.sqlite"));
  spool.append("{");
  spool.append('{"number":2}');
  spool.close();
  writer = start();
  await writer.flush();
  expect(stored).toEqual([2]);
  expect(writer.status()).toMatchObject({ waiting: 0, lost: 1 });
});

test("after the stop nothing is taken any more", async () => {
  await writer.stop();
  writer.put({ number: 1 });
  expect(writer.status()).toMatchObject({ lost: 1 });
});
