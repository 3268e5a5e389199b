import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { fileURLToPath } from "node:url";

/** Debian 12's Alertmanager, and the one that Debian unstable has. */
export const ALERTMANAGER_VERSIONS = ["0.25", "newest"] as const;

export type AlertmanagerVersion = (typeof ALERTMANAGER_VERSIONS)[number];

/** A program that a suite compares with, by the path of its executable. */
interface Programs {
  /** Folders of `prometheus` and `promtool`: Debian 12's version and a 3.x. */
  readonly prometheus: Readonly<Record<"2.42" | "3.x", string>>;
  /** Folders of `prometheus-alertmanager` and `amtool`: Debian 12's version and the newest one. */
  readonly alertmanager: Readonly<Record<AlertmanagerVersion, string>>;
  readonly blackboxExporter: string;
  /** BIND's name server. */
  readonly named: string;
  readonly chromium: string;
  /** Docker Compose, which needs no Docker engine to read a file. */
  readonly dockerCompose: string;
  /** Folder whose packages have Grafana's transformations and a browser's document. */
  readonly grafanaData: string;
}

/** Where the programs are: from the environment, else where Debian's packages put them. */
export function programs(): Programs {
  return {
    prometheus: {
      "2.42": process.env.PROMETHEUS_2 ?? "/usr/bin",
      "3.x": process.env.PROMETHEUS_3 ?? "/nowhere",
    },
    alertmanager: { "0.25": "/usr/bin", newest: process.env.PROMETHEUS_3 ?? "/nowhere" },
    blackboxExporter: process.env.BLACKBOX_EXPORTER ?? "/usr/bin/prometheus-blackbox-exporter",
    named: process.env.NAMED ?? "/usr/sbin/named",
    chromium: "/usr/bin/chromium",
    dockerCompose: process.env.DOCKER_COMPOSE ?? "/usr/libexec/docker/cli-plugins/docker-compose",
    grafanaData:
      process.env.GRAFANA_DATA ?? fileURLToPath(new URL("../../.ci/grafana", import.meta.url)),
  };
}

/** Ends the run before it begins where a program is missing or is not of the version that its name says. */
export function setup(): void {
  const { prometheus, alertmanager, blackboxExporter, named, chromium, grafanaData } = programs();
  const executables = [
    ...inFolders(Object.values(prometheus), ["prometheus", "promtool"]),
    ...inFolders(Object.values(alertmanager), ["prometheus-alertmanager", "amtool"]),
  ];
  for (const path of [...executables, blackboxExporter, named, chromium]) requireProgram(path);
  requireFile(`${grafanaData}/node_modules/@grafana/data/package.json`, constants.R_OK);
  for (const [version, folder] of Object.entries(prometheus)) {
    const found = execFileSync(`${folder}/prometheus`, ["--version"], { encoding: "utf8" });
    if (!found.startsWith(`prometheus, version ${version.replace("x", "")}`)) {
      throw new Error(`${folder}/prometheus is not ${version}: ${found.split("\n")[0]}`);
    }
  }
}

function inFolders(folders: readonly string[], names: readonly string[]): string[] {
  return folders.flatMap((folder) => names.map((name) => `${folder}/${name}`));
}

function requireProgram(path: string): void {
  requireFile(path, constants.X_OK);
}

function requireFile(path: string, mode: number): void {
  try {
    accessSync(path, mode);
  } catch (cause) {
    throw new Error(
      `${path} cannot be used. Install the programs with ".ci/programs.sh FOLDER", then set PROMETHEUS_3=FOLDER/prometheus-3/usr/bin.`,
      { cause },
    );
  }
}
