import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { programs } from "../programs.ts";
import { type Child, inFolder, startChild } from "./child.ts";

/** An Alertmanager that tells nobody. */
export interface QuietAlertmanager extends Child {
  /** As `127.0.0.1:9093`. */
  readonly host: string;
}

/** Starts one that takes alerts and exposes its metrics. */
export function startQuietAlertmanager(): Promise<QuietAlertmanager> {
  return inFolder("alertmanager", async (home) => {
    const host = `127.0.0.1:${await freePort()}`;
    const config = join(home, "alertmanager.yml");
    await writeFile(config, "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
    const { stop } = await startChild(
      `${programs().alertmanager["0.25"]}/prometheus-alertmanager`,
      [
        `--config.file=${config}`,
        `--storage.path=${join(home, "data")}`,
        `--web.listen-address=${host}`,
        "--cluster.listen-address=",
      ],
      `http://${host}/-/ready`,
    );
    return { host, stop };
  });
}
