import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

const execute = promisify(execFile);

/** Where Debian puts the server's programs, by major version. */
const DEBIAN = "/usr/lib/postgresql";

/** A PostgreSQL server of our own on a free port of 127.0.0.1, as the user postgres where we are root. */
export interface ThrowAwayServer {
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes and starts a server; needs PostgreSQL's server programs on this machine. */
export async function startThrowAwayServer(): Promise<ThrowAwayServer> {
  const version = (await readdir(DEBIAN)).toSorted((a, b) => Number(b) - Number(a))[0] ?? "";
  const bin = join(DEBIAN, version, "bin");
  const folder = await mkdtemp(join(tmpdir(), "hatangso-postgres-"));
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  if (asRoot) await execute("chown", ["postgres", folder]);
  else await chmod(folder, 0o700);
  const run = (program: string, args: string[]) =>
    asRoot
      ? execute("setpriv", [
          "--reuid=postgres",
          "--regid=postgres",
          "--init-groups",
          join(bin, program),
          ...args,
        ])
      : execute(join(bin, program), args);
  const data = join(folder, "data");
  await run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]);
  const start = async () => {
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c fsync=off`;
    await run("pg_ctl", ["-D", data, "-o", options, "-l", join(folder, "log"), "-w", "start"]);
  };
  const stop = async () => void (await run("pg_ctl", ["-D", data, "-m", "fast", "-w", "stop"]));
  await start();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async remove() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
