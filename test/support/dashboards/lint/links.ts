import { type BoardJson, type LinkJson, panelsOf } from "../boards.ts";
import type { BoardRule, Surroundings } from "./rule.ts";

/** Every link leads to a dashboard and variables of it, or a page of the service, that exist. */
export const links: BoardRule = (board, around) => [
  ...(board.links ?? []).flatMap((link) =>
    link.type === "link" ? pageFaults(link, around) : siblingFaults(link, around),
  ),
  ...valueLinks(board).flatMap(({ place, url }) =>
    urlFaults(url, around).map((fault) => `${place}: ${fault}`),
  ),
];

/** A link of the whole dashboard: by a tag that dashboards have, with the time range and the variables. */
function siblingFaults(
  { title, type, tags, keepTime, includeVars }: LinkJson,
  around: Surroundings,
) {
  const faults: string[] = [];
  if (type !== "dashboards") faults.push("not by tags");
  if (keepTime !== true || includeVars !== true) faults.push("loses the time or the variables");
  if (!tags?.some((tag) => around.tags.has(tag))) faults.push(`no dashboard has ${String(tags)}`);
  return faults.map((fault) => `link "${title}": ${fault}`);
}

/** A link of the whole dashboard to a page. */
function pageFaults({ title, url = "" }: LinkJson, around: Surroundings): string[] {
  return urlFaults(url, around).map((fault) => `link "${title}": ${fault}`);
}

/** Links of values, with where they are set. */
function valueLinks(board: BoardJson): { place: string; url: string }[] {
  return panelsOf(board).flatMap(({ id, title, fieldConfig }) => {
    const set = (fieldConfig?.overrides ?? [])
      .flatMap(({ properties }) => properties)
      .filter((property) => property.id === "links")
      .flatMap(({ value }) => value as readonly LinkJson[]);
    return [...(fieldConfig?.defaults.links ?? []), ...set].map(({ url = "" }) => ({
      place: `panel ${id} "${title}"`,
      url,
    }));
  });
}

function urlFaults(url: string, { boards, hasPage }: Surroundings): string[] {
  if (url.startsWith("${service}")) {
    const path = pathOf(url.slice("${service}".length));
    return hasPage(path) ? [] : [`the service has no page ${path}`];
  }
  const [, uid = "", query = ""] = /^d\/([^?/]+)\?(.*)$/.exec(url) ?? [];
  const variables = boards.get(uid);
  if (!variables) return [`no dashboard "${uid}": ${url}`];
  const faults = Array.from(query.matchAll(/(?:^|&)var-(\w+)=/g), ([, name = ""]) => name)
    .filter((name) => !variables.has(name))
    .map((name) => `the dashboard ${uid} has no variable ${name}`);
  if (!query.includes("${__url_time_range}")) faults.push(`loses the time range: ${url}`);
  return faults;
}

/** A path in which each of Grafana's variables stands for one segment or a part of one. */
function pathOf(link: string): string {
  const path = link.replaceAll(/\$\{[^}]*\}|\$\w+/g, "x").replace(/[?#].*$/, "");
  return path === "" ? "/" : path;
}
