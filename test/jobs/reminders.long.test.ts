import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { prepareJob } from "../../jobs/index.ts";
import type { JobDeps } from "../../jobs/job.ts";
import { reminders, remindersOnRequest } from "../../jobs/reminders.ts";
import { parseSmtpUrl } from "../../src/domain/smtp-server.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import { addContact } from "../../src/store/coverage-contacts.ts";
import { claimReminder, roundContacts } from "../../src/store/coverage-reminders.ts";
import { changeRound, createRound } from "../../src/store/coverage-rounds.ts";
import { recordingLog } from "../store/helpers/tables.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { communesOf, householdFigure, recordFigures } from "../support/coverage-figures.ts";
import { type SmtpTestServer, startSmtpServer } from "../support/smtp-server.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let server: SmtpTestServer;
let log: ReturnType<typeof recordingLog>;
let deps: JobDeps;
let now = 0;
let round = 0;
const ACTOR = { keyId: null, name: "test" };
const ROUND = {
  asOf: "2026-09-30",
  opensOn: "2026-10-01",
  dueOn: "2026-10-15",
  note: "Công văn 123.",
  indicators: ["fibre_hh_passed"],
  provinces: ["01", "04", "08", "11"],
  excused: [{ province: "11", reason: "Bão" }],
};
const CONTACTS = [
  ["01", "stttt@hanoi.example.gov.vn", "vi"],
  ["04", "sokhcn@caobang.example.gov.vn", "vi"],
  ["04", "it@caobang.example.gov.vn", "en"],
  ["11", "so@dienbien.example.gov.vn", "vi"],
] as const;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  const communes = await communesOf(opened.db, "01");
  const figures = communes.map(({ id }) => householdFigure(id));
  await recordFigures(opened.db, figures, { at: "2026-10-05T00:00:00Z" });
  for (const [province, address, lang] of CONTACTS) {
    await addContact({ db: opened.db, actor: ACTOR }, { province, address, lang });
  }
});
beforeEach(async () => {
  await opened.db.deleteFrom("coverage_round").execute();
  const made = await createRound({ db: opened.db, actor: ACTOR }, ROUND, new Date(now));
  if (!made.ok) throw new Error(made.problem.kind);
  round = made.value;
  server = await startSmtpServer();
  log = recordingLog();
  const smtp = parseSmtpUrl(server.url);
  if (smtp === null) throw new Error("no SMTP URL");
  deps = {
    db: opened.db,
    log,
    clock: () => now,
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: 60_000,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: "test",
      madeUp: false,
      mail: { server: smtp, from: "coverage@example.gov.vn" },
      coverageInbox: null,
    },
  };
  at("2026-10-15T02:00:00Z");
});
afterEach(() => server.stop());
afterAll(() => opened.close());

const at = (instant: string) => void (now = Date.parse(instant));
const receivers = () => server.received.map(({ to }) => to[0]);
const messageIds = () => server.received.map(({ data }) => /^Message-ID:\s+(\S+)/m.exec(data)?.[1]);
const noted = () =>
  opened.db
    .selectFrom("coverage_reminder")
    .selectAll()
    .orderBy("day")
    .orderBy("contact_id")
    .execute();

describe("a reminder", () => {
  test("goes a week before, on the due day and weekly after it, once each, to who owes alone", async () => {
    const sent: Record<string, number> = {};
    for (const day of ["07", "08", "15", "16", "22"]) {
      at(`2026-10-${day}T02:00:00Z`);
      const before = server.received.length;
      await reminders.run(deps);
      sent[day] = server.received.length - before;
    }
    now += 6 * 3_600_000;
    expect(await reminders.run(deps)).toMatchObject({ sent: 0 });
    expect(sent).toEqual({ "07": 0, "08": 2, "15": 2, "16": 0, "22": 2 });
    expect(new Set(receivers())).toEqual(
      new Set(["sokhcn@caobang.example.gov.vn", "it@caobang.example.gov.vn"]),
    );
    expect(new Set(messageIds()).size).toBe(6);
    expect(server.received[0]?.data).toContain("filename=coverage-04-2026-09-30.xlsx");
  });

  test("that a stopped service missed goes out later, and an excused province gets no more", async () => {
    at("2026-10-18T02:00:00Z");
    expect(await reminders.run(deps)).toEqual({ sent: 2, failed: 0, claimed: 0 });
    expect((await noted()).map(({ day }) => day)).toEqual(["2026-10-15", "2026-10-15"]);
    await changeRound({ db: opened.db, actor: ACTOR }, round, {
      excused: [{ province: "04", reason: "Lũ" }],
    });
    at("2026-10-22T02:00:00Z");
    expect(await reminders.run(deps)).toMatchObject({ sent: 1 });
    expect(receivers().at(-1)).toBe("so@dienbien.example.gov.vn");
  });

  test("waits for the day, and for a mail server", async () => {
    at("2026-10-15T00:59:00Z");
    expect(await reminders.run(deps)).toEqual({ waits: "for the day" });
    at("2026-10-15T11:00:00Z");
    expect(await reminders.run(deps)).toEqual({ waits: "for the day" });
    at("2026-10-15T02:00:00Z");
    const quiet = { ...deps, settings: { ...deps.settings, mail: null } };
    expect(await reminders.run(quiet)).toEqual({ mail: "not configured" });
    expect(server.commands).toEqual([]);
    expect(await noted()).toEqual([]);
  });

  test("that the server does not take now is tried again later under the same Message-ID", async () => {
    // The server takes the message and dies before it says so: nobody knows.
    server.answer = (line) => (line === "(end of data)" ? null : undefined);
    expect(await reminders.run(deps)).toMatchObject({ failed: 2 });
    const first = messageIds();
    server.answer = () => undefined;
    expect(await reminders.run(deps)).toMatchObject({ sent: 0, failed: 0 });
    now += 10 * 60_000;
    expect(await reminders.run(deps)).toMatchObject({ sent: 2 });
    expect(messageIds()).toEqual([...first, ...first]);
    expect(await noted()).toMatchObject([1, 2].map(() => ({ state: "sent", attempts: 2 })));
    expect(JSON.stringify(log.lines)).not.toContain("caobang.example.gov.vn");
  });

  test("that is refused for good is not tried again", async () => {
    server.answer = (line) => (line.startsWith("RCPT") ? "550 no such user" : undefined);
    expect(await reminders.run(deps)).toMatchObject({ failed: 2 });
    now += 3 * 3_600_000;
    expect(await reminders.run(deps)).toMatchObject({ sent: 0, failed: 0 });
    expect(await noted()).toMatchObject([1, 2].map(() => ({ state: "failed", retry_at: null })));
  });

  test("is claimed by one of three that come at once", async () => {
    const [contact] = await roundContacts(opened.db, round);
    const key = { ...contact, round, province: contact?.province ?? 0, day: "2026-10-15" };
    const claims = await Promise.all(
      [1, 2, 3].map(() =>
        claimReminder(
          opened.db,
          { ...key, contact: contact?.contact ?? 0 },
          "<a@b>",
          new Date(now),
        ),
      ),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  test("of two rounds reaches nobody twice on one day", async () => {
    const other = { ...ROUND, asOf: "2026-06-30", opensOn: "2026-07-01", excused: [] };
    const wanted = { ...other, dueOn: "2026-10-01", provinces: ["04"] };
    await createRound({ db: opened.db, actor: ACTOR }, wanted, new Date(now));
    expect(await reminders.run(deps)).toMatchObject({ sent: 2 });
    now += 86_400_000;
    expect(await reminders.run(deps)).toMatchObject({ sent: 2 });
    expect((await noted()).map(({ round_id }) => round_id)).toContain(round);
  });
});

describe("what it says", () => {
  test("can be written into files instead, in the reader's language, with the template", async () => {
    const folder = await mkdtemp(join(tmpdir(), "hatangso-reminders-"));
    at("2026-10-20T20:00:00Z");
    const communes = await communesOf(opened.db, "04");
    await recordFigures(opened.db, [householdFigure(communes[0]?.id ?? 0)]);
    const quiet = { ...deps, settings: { ...deps.settings, mail: null } };
    const done = await remindersOnRequest.prepare({ dryRun: folder }).run(quiet);
    expect(done).toEqual({ written: 2, folder });
    expect((await readdir(folder)).toSorted()).toEqual(
      ["en.txt", "en.xlsx", "vi.txt", "vi.xlsx"].map((end) => `2026-Q3-04-${end}`),
    );
    const vi = await readFile(join(folder, "2026-Q3-04-vi.txt"), "utf8");
    expect(vi).toMatch(/^Số liệu vùng phủ kỳ 30\/09\/2026: Tỉnh Cao Bằng\n/);
    expect(vi).toContain("Đã quá hạn 6 ngày (hạn gửi: ngày 15/10/2026).");
    expect(vi).toContain(`Đã nhận số liệu của 1 trong ${communes.length} xã`);
    expect(vi).toContain("Công văn 123.");
    const en = await readFile(join(folder, "2026-Q3-04-en.txt"), "utf8");
    expect(en).toContain("They are 6 days late (due on 2026-10-15).");
    const workbook = await readFile(join(folder, "2026-Q3-04-vi.xlsx"));
    expect(workbook.subarray(0, 2).toString()).toBe("PK");
    expect(await noted()).toEqual([]);
    expect(server.commands).toEqual([]);
    await rm(folder, { recursive: true });
  });

  test("is asked for with a folder, and nothing else", () => {
    expect(prepareJob("reminders", {})).toBe(reminders);
    expect(() => prepareJob("reminders", { dryRun: true })).toThrow(UsageError);
    expect(() => prepareJob("reminders", { month: "2026-10" })).toThrow(UsageError);
  });
});
