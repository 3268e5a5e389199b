import { allBoards } from "./boards.ts";
import { knownSeries } from "./known.ts";
import type { Surroundings } from "./lint/rule.ts";

/** A route as the service's own table has it. */
interface Route {
  readonly method: string;
  readonly path: string;
}

/** What the dashboards as they are may link to and ask for. */
export function surroundings(routes: readonly Route[]): Surroundings {
  const boards = allBoards().map(({ board }) => board);
  const pages = routes
    .filter(({ method, path }) => method === "GET" && !path.includes("*"))
    .map(({ path }) => new RegExp(`^${path.replaceAll(/:\w+(?:\{([^}]*)\})?/g, segment)}$`));
  return {
    known: knownSeries(),
    boards: new Map(
      boards.map(({ uid, templating }) => [
        uid ?? "",
        new Set(templating.list.map(({ name }) => name)),
      ]),
    ),
    tags: new Set(boards.flatMap(({ tags = [] }) => tags)),
    hasPage: (path) => pages.some((page) => page.test(path)),
  };
}

/** One segment of a path, or the form that the route gives it. */
function segment(_whole: string, form?: string): string {
  return form === undefined ? "[^/]+" : `(?:${form}|x)`;
}
