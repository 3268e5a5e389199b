import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRows } from "../../seeds/seed-rows.ts";
import { seed } from "../../seeds/seed.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { runCommand } from "../support/service-process.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const QUARTERS = ["2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30", "2026-09-30"];
const DAY_AFTER = new Date("2026-11-22T00:00:00Z");

let folder: string;
let dataDir: string;
let args: readonly string[];
let figures: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hatangso-kill-"));
  dataDir = join(folder, "data");
  const opened = await openDatabase({ databaseUrl: null, dataDir });
  await migrate(opened.db);
  await seed(opened.db, { now: DAY_AFTER, portals: false });
  await opened.close();
  const communes = await readRows("communes.csv");
  const lines = QUARTERS.flatMap((day, at) =>
    communes.map(
      (each) => `${each["code"]};"${each["full_name_vi"]}";${day};2000;${1000 + at};${500 + at}`,
    ),
  );
  figures = lines.length * 2;
  const file = join(folder, "ca-nuoc.csv");
  const head =
    "Mã xã;Tên xã;Kỳ báo cáo;Tổng số hộ;Số hộ được phủ cáp quang;Số hộ sử dụng cáp quang";
  await writeFile(file, [head, ...lines].join("\n"));
  args = [
    "coverage",
    "import",
    file,
    "--source",
    "ministry",
    "--basis",
    "reported",
    "--lang",
    "en",
  ];
}, 180_000);

afterAll(() => rm(folder, { recursive: true }));

/** Starts the import and kills it without warning as soon as it says that it is at this step. */
async function killedAt(step: string): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env["PATH"], DATA_DIR: dataDir },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
    if (said.includes(step)) child.kill("SIGKILL");
  });
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  return `${signal} ${said}`;
}

async function stored() {
  const opened = await openDatabase({ databaseUrl: null, dataDir });
  try {
    const count = async (
      table: "coverage_figure" | "submission" | "submission_piece" | "held_row",
    ) => {
      const { rows } = await opened.db
        .selectFrom(table)
        .select((each) => each.fn.countAll<number>().as("rows"))
        .executeTakeFirstOrThrow();
      return rows;
    };
    const submissions = await count("submission");
    return {
      figures: await count("coverage_figure"),
      submissions,
      content: (await count("submission_piece")) > 0,
      held: await count("held_row"),
    };
  } finally {
    await opened.close();
  }
}

test("an import that is killed at any step leaves nothing, and the next one brings everything once", async () => {
  const before = await stored();
  for (const step of ["Reading", "Checking", "Writing"]) {
    expect(await killedAt(step)).toMatch(new RegExp(`^SIGKILL [^]*${step}`));
    expect({ step, ...(await stored()) }).toEqual({ step, ...before });
  }
  const done = await runCommand(args, { DATA_DIR: dataDir });
  expect(done.stderr).toContain(`${figures} figures written`);
  expect(await stored()).toEqual({
    figures: before.figures + figures,
    submissions: before.submissions + 1,
    content: true,
    held: before.held,
  });
}, 300_000);
