import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { digest, digestOnRequest } from "../../jobs/digest.ts";
import { prepareJob } from "../../jobs/index.ts";
import type { JobDeps, JobOptions } from "../../jobs/job.ts";
import { parseSmtpUrl } from "../../src/domain/smtp-server.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import { claimDigest } from "../../src/store/digests.ts";
import { buildComplianceWorld } from "../reports/compliance-world.ts";
import { START, VIEW } from "../reports/world.ts";
import { recordingLog } from "../store/helpers/tables.ts";
import { openTestDatabase } from "../support/database.ts";
import { type SmtpTestServer, startSmtpServer } from "../support/smtp-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let server: SmtpTestServer;
let log: ReturnType<typeof recordingLog>;
let deps: JobDeps;
let now = 0;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildComplianceWorld(opened.db);
});
beforeEach(async () => {
  await opened.db.deleteFrom("digest_recipient").execute();
  server = await startSmtpServer();
  log = recordingLog();
  now = Date.parse("2026-12-02T01:00:00Z");
  const smtp = parseSmtpUrl(server.url);
  if (smtp === null) throw new Error("no SMTP URL");
  deps = {
    db: opened.db,
    log,
    clock: () => now,
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: VIEW.intervalMs,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: VIEW.vantage,
      madeUp: false,
      mail: { server: smtp, from: "ipv6@example.gov.vn" },
      coverageInbox: null,
    },
  };
});
afterEach(() => server.stop());
afterAll(() => opened.close());

async function recipient(address: string, agency = "ministry-yte", lang: "vi" | "en" = "vi") {
  const { id } = await opened.db
    .insertInto("digest_recipient")
    .columns(["agency_id", "address", "lang"])
    .expression((from) =>
      from
        .selectFrom("agency")
        .select((is) => ["id", is.val(address).as("address"), is.val(lang).as("lang")])
        .where("slug", "=", agency),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
const deliveries = () =>
  opened.db.selectFrom("digest_delivery").selectAll().orderBy("recipient_id").execute();
const messageIds = () => server.received.map(({ data }) => /^Message-ID:\s+(\S+)/m.exec(data)?.[1]);
const minutes = (count: number) => count * 60_000;

describe("the digest", () => {
  test("goes to each recipient once, whatever runs again", async () => {
    await recipient("ict@yte.example.gov.vn");
    await recipient("ipv6@yte.example.gov.vn", "ministry-yte", "en");
    await recipient("stttt@hue.example.gov.vn", "province-46");
    expect(await digest.run(deps)).toEqual({ month: "2026-11-01", sent: 3, failed: 0, claimed: 0 });
    now += minutes(15);
    expect(await digest.run(deps)).toMatchObject({ sent: 0, failed: 0 });
    expect(server.received.map(({ to }) => to)).toEqual([
      ["ict@yte.example.gov.vn"],
      ["ipv6@yte.example.gov.vn"],
      ["stttt@hue.example.gov.vn"],
    ]);
    expect(new Set(messageIds()).size).toBe(3);
    expect(await deliveries()).toMatchObject(
      [1, 2, 3].map(() => ({ state: "sent", attempts: 1, error: null, retry_at: null })),
    );
  });

  test("waits for its hour, and is not sent late", async () => {
    await recipient("ict@yte.example.gov.vn");
    for (const at of ["2026-12-02T00:59:00Z", "2026-12-20T05:00:00Z"]) {
      now = Date.parse(at);
      expect(await digest.run(deps)).toEqual({ month: null });
    }
    expect(server.commands).toEqual([]);
  });

  test("is sent nowhere unless mail is configured", async () => {
    await recipient("ict@yte.example.gov.vn");
    const quiet = { ...deps, settings: { ...deps.settings, mail: null } };
    expect(await digest.run(quiet)).toEqual({
      month: "2026-11-01",
      due: 1,
      mail: "not configured",
    });
    expect(await deliveries()).toEqual([]);
    expect(server.commands).toEqual([]);
  });

  test("that the server does not take now is tried again later, each time after a longer while", async () => {
    await recipient("ict@yte.example.gov.vn");
    server.answer = (line) => (line.startsWith("RCPT") ? "451 greylisted" : undefined);
    expect(await digest.run(deps)).toMatchObject({ sent: 0, failed: 1 });
    expect(await deliveries()).toMatchObject([
      {
        state: "failed",
        attempts: 1,
        error: expect.stringContaining("451 greylisted"),
        retry_at: new Date(now + minutes(10)),
      },
    ]);
    expect(await digest.run(deps)).toMatchObject({ failed: 0 });
    now += minutes(10);
    expect(await digest.run(deps)).toMatchObject({ failed: 1 });
    expect(await deliveries()).toMatchObject([
      { attempts: 2, retry_at: new Date(now + minutes(20)) },
    ]);
    server.answer = () => undefined;
    now += minutes(20);
    expect(await digest.run(deps)).toMatchObject({ sent: 1 });
    expect(await deliveries()).toMatchObject([{ state: "sent", attempts: 3, error: null }]);
    expect(log.lines.map(({ message }) => message)).toHaveLength(2);
    expect(JSON.stringify(log.lines)).not.toContain("yte.example.gov.vn");
  });

  test("that is refused for good is not tried again, and holds up nobody else's", async () => {
    await recipient("gone@yte.example.gov.vn");
    await recipient("ict@yte.example.gov.vn");
    server.answer = (line) =>
      line.includes("<gone@") && line.startsWith("RCPT") ? "550 no such user" : undefined;
    expect(await digest.run(deps)).toMatchObject({ sent: 1, failed: 1 });
    expect(await deliveries()).toMatchObject([
      { state: "failed", retry_at: null },
      { state: "sent" },
    ]);
    now += 5 * 86_400_000;
    expect(await digest.run(deps)).toMatchObject({ sent: 0, failed: 0 });
  });

  test("whose sender died is sent later under the same Message-ID, not at once", async () => {
    const id = await recipient("ict@yte.example.gov.vn");
    // The server takes the message and dies before it says so: nobody knows.
    server.answer = (line) => (line === "(end of data)" ? null : undefined);
    await digest.run(deps);
    // And here the process died before it could note anything.
    await opened.db.deleteFrom("digest_delivery").execute();
    server.answer = () => undefined;
    const [first] = messageIds();
    await claimDigest(
      opened.db,
      { recipient: id, month: "2026-11-01" },
      first ?? "",
      new Date(now),
    );
    now += minutes(14);
    expect(await digest.run(deps)).toMatchObject({ sent: 0 });
    now += minutes(1);
    expect(await digest.run(deps)).toMatchObject({ sent: 1 });
    expect(messageIds()).toEqual([first, first]);
    expect(await deliveries()).toMatchObject([{ state: "sent", attempts: 2 }]);
  });

  test("is claimed by one of two that come at once", async () => {
    const id = await recipient("ict@yte.example.gov.vn");
    const key = { recipient: id, month: "2026-11-01" };
    const claims = await Promise.all(
      [1, 2, 3].map(() => claimDigest(opened.db, key, "<a@b>", new Date(now))),
    );
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });
});

describe("what it says", () => {
  const prepare = (options: Record<string, string | true>) => digestOnRequest.prepare(options);

  test("has what changed on top and the workbook with it, in the reader's language", async () => {
    now = START + 30_000;
    await recipient("ict@yte.example.gov.vn");
    await prepare({ month: "2026-11" }).run(deps);
    const [message] = server.received;
    const [, head = "", body = ""] =
      /^([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(message?.data ?? "") ?? [];
    expect(head).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(body).toContain("filename=ipv6-https-ministry-yte-2026-11.xlsx");
  });

  test("can be written into files instead, with the same content and without a mail server", async () => {
    now = START + 30_000;
    const folder = await mkdtemp(join(tmpdir(), "hatangso-digest-"));
    await recipient("ict@yte.example.gov.vn");
    await recipient("ipv6@yte.example.gov.vn", "ministry-yte", "en");
    const quiet = { ...deps, settings: { ...deps.settings, mail: null } };
    const done = await prepare({ dryRun: folder, month: "2026-11" }).run(quiet);
    expect(done).toEqual({ month: "2026-11-01", recipients: 2, written: 2, folder });
    expect((await readdir(folder)).toSorted()).toEqual(
      ["en.txt", "en.xlsx", "vi.txt", "vi.xlsx"].map((end) => `2026-11-ministry-yte-${end}`),
    );
    const vi = await readFile(join(folder, "2026-11-ministry-yte-vi.txt"), "utf8");
    expect(vi).toMatch(
      /^IPv6 và HTTPS tháng 11\/2026: Bộ Y tế\n\nBộ Y tế\n\nThay đổi kể từ ngày 2026-10-31: \d+ cổng/,
    );
    expect(vi).toContain("theo tiêu chí của hệ thống");
    expect(vi).toContain("Mức IPv6: L3 → L2");
    const en = await readFile(join(folder, "2026-11-ministry-yte-en.txt"), "utf8");
    expect(en).toContain("by this system's criteria");
    const workbook = await readFile(join(folder, "2026-11-ministry-yte-vi.xlsx"));
    expect(workbook.subarray(0, 2).toString()).toBe("PK");
    expect(await deliveries()).toEqual([]);
    expect(server.commands).toEqual([]);
    await rm(folder, { recursive: true });
  });

  test("is asked for with a month and a folder, and nothing else", () => {
    expect(prepareJob("digest", {})).toBe(digest);
    const wrong: readonly JobOptions[] = [
      { month: "2026-13" },
      { month: true },
      { dryRun: true },
      { all: true },
    ];
    for (const options of wrong) {
      expect(() => prepareJob("digest", options)).toThrow(UsageError);
    }
  });
});
