import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Spool, type SpoolLimits } from "../../src/store/spool.ts";
import { certificate, failedResult, result, START } from "./helpers/results.ts";

const WIDE: SpoolLimits = { maxBytes: 1e9, maxRows: 1e6 };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-spool-"));
  file = join(folder, "spool.sqlite");
});
afterEach(() => rm(folder, { recursive: true }));

function using<Value>(limits: SpoolLimits, work: (spool: Spool) => Value): Value {
  const spool = new Spool(file, limits);
  try {
    return work(spool);
  } finally {
    spool.close();
  }
}

function scheduled(spool: Spool): number[] {
  return (spool.peek(1e6)?.results ?? []).map(({ scheduledAt }) => scheduledAt - START);
}

test("results come back whole and in the order in which they came", () => {
  const first = [result({ scheduledAt: START + 5 }), failedResult({ portal: 2 })];
  const second = [result({ certificate: certificate("b") })];
  using(WIDE, (spool) => {
    spool.append(first);
    spool.append(second);
    expect(spool.peek(10)?.results).toEqual([...first, ...second]);
    expect(spool.rows).toBe(3);
    expect(spool.oldestAt()).toBe(START + 5);
  });
});

test("what was appended is there after the spool was opened again, until it is removed", () => {
  const size = using(WIDE, (spool) => {
    spool.append([1, 2, 3].map((at) => result({ scheduledAt: START + at })));
    return spool.bytes;
  });
  using(WIDE, (spool) => {
    expect(spool.bytes).toBe(size);
    const batch = spool.peek(2);
    expect(batch?.results).toHaveLength(2);
    spool.removeThrough(batch?.lastSeq ?? 0);
    expect(scheduled(spool)).toEqual([3]);
    spool.append([result({ scheduledAt: START + 4 })]);
  });
  using(WIDE, (spool) => {
    expect(scheduled(spool)).toEqual([3, 4]);
    spool.removeThrough(spool.lastSeq());
    expect([spool.rows, spool.bytes, spool.peek(1), spool.oldestAt()]).toEqual([0, 0, null, null]);
  });
});

test("a full spool lets the oldest successes go first, then the oldest of all", () => {
  using({ ...WIDE, maxRows: 4 }, (spool) => {
    const run = (at: number, make = result) => make({ scheduledAt: START + at });
    spool.append([run(1, failedResult), run(2), run(3, failedResult), run(4)]);
    expect(spool.append([run(5, failedResult)])).toBe(1);
    expect(scheduled(spool)).toEqual([1, 3, 4, 5]);
    expect(spool.append([run(6, failedResult), run(7, failedResult)])).toBe(2);
    expect(scheduled(spool)).toEqual([3, 5, 6, 7]);
  });
});

test("a spool never holds more rows or bytes than it may, and loses only what it counts", () => {
  const runs = fc.array(fc.array(fc.constantFrom("ok", "fail"), { maxLength: 30 }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(
      runs,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 30_000 }),
      (batches, maxRows, maxBytes) => {
        using({ maxRows, maxBytes }, (spool) => {
          let added = 0;
          let lost = 0;
          for (const batch of batches) {
            const results = batch.map((outcome, at) =>
              (outcome === "ok" ? result : failedResult)({
                scheduledAt: START + added + at,
                certificate: null,
              }),
            );
            lost += spool.append(results);
            added += batch.length;
            expect(spool.rows).toBeLessThanOrEqual(maxRows);
            expect(spool.bytes).toBeLessThanOrEqual(maxBytes);
            expect(spool.rows).toBe(added - lost);
          }
          expect(scheduled(spool)).toEqual(scheduled(spool).toSorted((a, b) => a - b));
          spool.removeThrough(spool.lastSeq());
        });
      },
    ),
    { numRuns: 20 },
  );
});

test("the file of an outage gives its room back when it is written to the database", async () => {
  const spool = new Spool(file, WIDE);
  spool.append(Array.from({ length: 5000 }, (_, at) => failedResult({ scheduledAt: START + at })));
  expect((await stat(file)).size + (await stat(`${file}-wal`)).size).toBeGreaterThan(1_000_000);
  spool.removeThrough(spool.lastSeq());
  spool.close();
  expect((await stat(file)).size).toBeLessThan(100_000);
});

test("a process that is killed while it writes leaves whole batches, and every one that it had confirmed", async () => {
  const writer = spawn(
    process.execPath,
    [fileURLToPath(new URL("./helpers/spool-child.ts", import.meta.url)), file],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(writer, "exit");
  let confirmed = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    confirmed = Number(line);
    if (confirmed >= 25) writer.kill("SIGKILL");
  }
  expect(await ended).toEqual([null, "SIGKILL"]);
  using(WIDE, (spool) => {
    const kept = scheduled(spool);
    expect(kept.length % 40).toBe(0);
    expect(kept.length / 40).toBeGreaterThanOrEqual(confirmed);
    expect(kept).toEqual(kept.map((_, index) => index));
  });
});

test("a disk that is full refuses a batch whole and keeps what was there", () => {
  const child = fileURLToPath(new URL("./helpers/spool-full-child.ts", import.meta.url));
  // The limit of a file's size, in KiB, stands for the end of the disk: the write fails in the same way.
  const told = execFileSync(
    "sh",
    ["-c", `ulimit -f 256; exec "$0" "$1" "$2"`, process.execPath, child, file],
    {
      encoding: "utf8",
    },
  );
  const { accepted, refused, readable } = JSON.parse(told);
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
  expect(readable).toBe(accepted);
});
