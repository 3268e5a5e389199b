import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { hastened } from "../../drills/alerts/hasten.ts";
import { freePort } from "../../support/free-port.ts";
import { type AlertmanagerVersion, programs } from "../programs.ts";
import { type Child, inFolder, startChild } from "./child.ts";

/** The folder of the example configuration and its templates. */
export const ALERTMANAGER = fileURLToPath(
  new URL("../../../dashboards/alertmanager", import.meta.url),
);

const configuration = z.looseObject({
  receivers: z.array(z.looseObject({ name: z.string() })),
});

const known = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    fingerprint: z.string(),
    status: z.object({ state: z.string(), inhibitedBy: z.array(z.string()) }),
  }),
);

/** One alert as the API takes it; without `endsAt` it fires. */
interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly endsAt?: string;
}

/** A real Alertmanager with our routes and inhibitions, whose receivers are one webhook. */
export interface OurAlertmanager extends Child {
  readonly post: (alerts: readonly PostedAlert[]) => Promise<void>;
  readonly alerts: () => Promise<z.infer<typeof known>>;
}

/** Starts it with every waiting time divided by the factor; each receiver tells `receiverUrl/NAME`. */
export function startOurAlertmanager(
  version: AlertmanagerVersion,
  receiverUrl: string,
  factor: number,
): Promise<OurAlertmanager> {
  return inFolder("routes", async (home) => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const file = join(home, "alertmanager.yml");
    await writeFile(file, stringify(hastened(await withWebhooks(receiverUrl), factor)));
    await mkdir(join(home, "data"));
    const { stop } = await startChild(
      `${programs().alertmanager[version]}/prometheus-alertmanager`,
      [
        `--config.file=${file}`,
        `--storage.path=${join(home, "data")}`,
        `--web.listen-address=${new URL(url).host}`,
        "--cluster.listen-address=",
      ],
      `${url}/-/ready`,
    );
    return {
      stop,
      async post(alerts) {
        const response = await fetch(`${url}/api/v2/alerts`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(alerts),
        });
        if (!response.ok) throw new Error(await response.text());
      },
      alerts: async () => known.parse(await (await fetch(`${url}/api/v2/alerts`)).json()),
    };
  });
}

/** A receiver that tells nobody still does not. */
async function withWebhooks(receiverUrl: string) {
  const text = await readFile(join(ALERTMANAGER, "alertmanager.yml"), "utf8");
  const { global: _global, templates: _templates, ...rest } = configuration.parse(parse(text));
  const receivers = rest.receivers.map(({ name, ...channels }) =>
    Object.keys(channels).length === 0
      ? { name }
      : { name, webhook_configs: [{ url: `${receiverUrl}/${name}`, send_resolved: true }] },
  );
  return { ...rest, receivers };
}
