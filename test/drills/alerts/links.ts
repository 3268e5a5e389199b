import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ToldAlert } from "./alert-receiver.ts";
import { GRAFANA } from "./monitoring.ts";

const BOARDS = fileURLToPath(new URL("../../../dashboards/grafana", import.meta.url));

const board = z.object({
  uid: z.string(),
  templating: z.object({ list: z.array(z.object({ name: z.string() })) }),
});

/** What is wrong with the links of an alert: the runbook must be answered, the dashboard must be one of ours. */
export async function brokenLinks({ annotations, labels }: ToldAlert): Promise<string[]> {
  const broken = [
    await runbookFault(annotations["runbook_url"] ?? ""),
    await dashboardFault(annotations["dashboard_url"] ?? ""),
  ];
  return broken.flatMap((fault) =>
    fault === null ? [] : [`${labels["alertname"] ?? ""}: ${fault}`],
  );
}

async function runbookFault(url: string): Promise<string | null> {
  if (!URL.canParse(url)) return `runbook_url "${url}"`;
  const { status } = await fetch(url);
  return status === 200 ? null : `${url}: ${status}`;
}

async function dashboardFault(url: string): Promise<string | null> {
  if (!url.startsWith(`${GRAFANA}/d/`)) return `dashboard_url "${url}"`;
  const { pathname, searchParams } = new URL(url);
  const boards = await readBoards();
  const variables = boards.get(pathname.split("/")[2] ?? "");
  if (variables === undefined) return `${url}: no dashboard has this uid`;
  const strangers = [...searchParams].filter(
    ([name, value]) => name.startsWith("var-") && (value === "" || !variables.has(name.slice(4))),
  );
  return strangers.length === 0
    ? null
    : `${url}: nothing is ${strangers.map(String).join(" or ")} there`;
}

/** The names of the variables of each generated dashboard, by its uid. */
async function readBoards(): Promise<Map<string, ReadonlySet<string>>> {
  const entries = await readdir(BOARDS, { recursive: true });
  const texts = await Promise.all(
    entries
      .filter((path) => path.endsWith(".json"))
      .map((path) => readFile(join(BOARDS, path), "utf8")),
  );
  return new Map(
    texts.map((text) => {
      const { uid, templating } = board.parse(JSON.parse(text));
      return [uid, new Set(templating.list.map(({ name }) => name))];
    }),
  );
}
