import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { inbox as job } from "../../jobs/inbox.ts";
import { droppedFiles, putAway } from "../../jobs/inbox-files.ts";
import type { JobDeps } from "../../jobs/job.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let inbox: string;
let changes = 0;
const warned: object[] = [];
beforeAll(async () => {
  opened = await openCoverageDatabase();
});
beforeEach(async () => {
  changes = 0;
  warned.length = 0;
  inbox = await mkdtemp(join(tmpdir(), "hatangso-inbox-"));
  await mkdir(join(inbox, "province-01"));
});
afterEach(() => rm(inbox, { recursive: true }));
afterAll(() => opened.close());

/** A minute after whatever was just written. */
const later = () => Date.now() + 60_000;
const run = (clock = later, folder: string | null = inbox) => {
  const deps: JobDeps = {
    db: opened.db,
    clock,
    log: {
      info: () => undefined,
      warn: (facts) => void warned.push(facts),
      error: () => undefined,
    },
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: 60_000,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: "local",
      madeUp: false,
      mail: null,
      coverageInbox: folder,
    },
    onCoverageChanged: () => void (changes += 1),
  };
  return job.run(deps);
};
const drop = (path: string, ...rows: string[]) =>
  writeFile(
    join(inbox, path),
    ["Mã xã,Tên xã/phường,Kỳ báo cáo,Tổng số hộ gia đình,Số hộ được phủ cáp quang", ...rows].join(
      "\r\n",
    ),
  );
const names = async (folder: string) => (await readdir(join(inbox, folder))).toSorted();
const figures = () =>
  opened.db
    .selectFrom("coverage_figure")
    .select((each) => each.fn.countAll<number>().as("rows"))
    .executeTakeFirstOrThrow();

test("a file is imported and moved to done, under the number of its submission", async () => {
  await drop("province-01/quý 3.csv", `00004,Phường Ba Đình,2025-09-30,10000,8000`);
  const before = (await figures()).rows;
  expect(await run()).toEqual({ imported: 1, refused: 0, waiting: 0 });
  expect((await figures()).rows).toBe(before + 1);
  expect(changes).toBe(1);
  expect(await names("province-01")).toEqual([]);
  const [done = ""] = await names("done/province-01");
  expect(done).toMatch(/^\d+-quý 3\.csv$/);
  expect(await run()).toEqual({ imported: 0, refused: 0, waiting: 0 });
});

test("a file that is refused lies in refused with its faults and a marked copy beside it", async () => {
  await drop("province-01/sai.csv", `00004,Phường Ba Đình,2025-09-30,100,200`);
  expect(await run()).toEqual({ imported: 0, refused: 1, waiting: 0 });
  const lying = await names("refused/province-01");
  expect(lying.map((name) => name.replace(/^\d+-/, ""))).toEqual([
    "sai.csv",
    "sai.csv.annotated.xlsx",
    "sai.csv.faults.csv",
  ]);
  const faults = await readFile(join(inbox, "refused/province-01", lying[2] ?? ""), "utf8");
  expect(faults).toContain(",V02,reject_row,");
});

test("a run that was cut off after it stored leaves the file, and the next one changes nothing more", async () => {
  const row = `00008,Phường Ngọc Hà,2025-09-30,10000,8000`;
  await drop("province-01/cắt.csv", row);
  await run();
  // As if it had been killed before the file was moved.
  await drop("province-01/cắt.csv", row);
  const before = [(await figures()).rows, await names("done/province-01")];
  expect(await run()).toEqual({ imported: 1, refused: 0, waiting: 0 });
  expect([(await figures()).rows, await names("done/province-01")]).toEqual(before);
  expect(await names("province-01")).toEqual([]);
});

test("files that are still being written, links, hidden and half-copied ones are left alone", async () => {
  await drop("province-01/mới.csv", "x");
  await symlink("/etc/passwd", join(inbox, "province-01", "link.csv"));
  await symlink("/etc", join(inbox, "etc"));
  await drop("province-01/.hidden.csv", "x");
  await drop("province-01/half.csv.part", "x");
  await drop("loose.csv", "x");
  expect(await run(Date.now)).toEqual({ imported: 0, refused: 0, waiting: 1 });
  expect((await droppedFiles(inbox)).map(({ name }) => name)).toEqual(["mới.csv"]);
  expect((await names("province-01")).length).toBe(4);
});

test("a folder that is no source's keeps its files, and the log says why", async () => {
  await mkdir(join(inbox, "nobody"));
  await drop("nobody/x.csv", "x");
  expect(await run()).toEqual({ imported: 0, refused: 0, waiting: 1 });
  expect(warned).toMatchObject([{ source: "nobody", problem: "unknown_source" }]);
  expect(await names("nobody")).toEqual(["x.csv"]);
});

test("a file that can't be moved fails the run after the others had their turn", async () => {
  await mkdir(join(inbox, "province-46"));
  await drop("province-01/một.csv", "x");
  await drop("province-46/hai.csv", "x");
  await mkdir(join(inbox, "refused"));
  await writeFile(join(inbox, "refused", "province-01"), "in the way");
  await expect(run()).rejects.toThrow("Files of the inbox were not imported");
  expect(await names("province-01")).toEqual(["một.csv"]);
  expect(await names("province-46")).toEqual([]);
});

test("what lies beside a file is put there before the file leaves its place", async () => {
  await drop("province-01/thứ tự.csv", "x");
  const [file] = await droppedFiles(inbox);
  if (!file) throw new Error("nothing dropped");
  await rm(file.path);
  const away = { end: "done", number: 7, beside: { ".faults.csv": Buffer.from("f") } } as const;
  await expect(putAway(inbox, file, away)).rejects.toThrow("ENOENT");
  expect(await names("done/province-01")).toEqual(["7-thứ tự.csv.faults.csv"]);
});

test("without a folder there is nothing to do", async () => {
  expect(await run(later, null)).toEqual({ inbox: "not configured" });
});
