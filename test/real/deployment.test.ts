import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../support/deployment.ts";
import { runProgram } from "../support/run-program.ts";
import { programs } from "./programs.ts";

/** The folder as compose.yaml mounts it at /etc/prometheus, and nothing else beside it. */
let etc: string;
beforeAll(async () => {
  etc = await mkdtemp(join(tmpdir(), "hatangso-etc-"));
  await cp(`${ROOT}dashboards/prometheus`, join(etc, "prometheus"), { recursive: true });
  await cp(`${ROOT}dashboards/alertmanager`, join(etc, "alertmanager"), { recursive: true });
});
afterAll(() => rm(etc, { recursive: true }));

describe.each(Object.entries(programs().prometheus))("Prometheus %s", (_version, folder) => {
  test.each(["prometheus.yml", "prometheus.static.yml"])(
    "takes %s with every file of rules",
    async (name) => {
      const rules = await readdir(join(etc, "prometheus/rules"));
      const checked = await runProgram(`${folder}/promtool`, [
        "check",
        "config",
        join(etc, "prometheus", name),
      ]);
      expect(checked).toMatchObject({ code: 0 });
      expect(checked.stdout).toContain(`SUCCESS: ${rules.length} rule files found`);
    },
  );
});

const { dockerCompose } = programs();

/** CI has it; other machines may not, and need no Docker engine for it. */
describe.skipIf(!existsSync(dockerCompose))("Docker Compose", () => {
  const env = ["SMOKE_PORT=1", "SMOKE_SECRETS=/made-up"];

  test.each([
    ["alone", ["compose.yaml"]],
    ["with the dashboards that ask PostgreSQL", ["compose.yaml", "compose.sql.yaml"]],
    ["as the smoke test starts it", ["compose.yaml", "test/smoke/compose.yaml"]],
  ])("reads the file %s, with no complaint", async (_, files) => {
    const args = files.flatMap((file) => ["--file", `${ROOT}${file}`]);
    const command = [...env, dockerCompose, ...args, "config", "--quiet"];
    expect(await runProgram("env", command)).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("publishes nothing but Grafana, on this machine, for the smoke test", async () => {
    const files = ["compose.yaml", "test/smoke/compose.yaml"];
    const args = files.flatMap((file) => ["--file", `${ROOT}${file}`]);
    const { stdout } = await runProgram("env", [...env, dockerCompose, ...args, "config"]);
    expect(stdout.match(/host_ip: .*/g)).toEqual(["host_ip: 127.0.0.1"]);
  });
});

test("Alertmanager takes the folder that is mounted for it, templates too", async () => {
  const file = join(etc, "alertmanager/alertmanager.yml");
  const checked = await runProgram(`${programs().alertmanager.newest}/amtool`, [
    "check-config",
    file,
  ]);
  expect(checked).toMatchObject({ code: 0 });
  expect(checked.stdout + checked.stderr).toMatch(/SUCCESS/);
});
