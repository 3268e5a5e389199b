import { type BoardJson, panelsOf } from "../boards.ts";
import type { BoardRule } from "./rule.ts";

/** Names of the variables by which a reader chooses the source. */
const CHOSEN = new Set(["${datasource}", "${sql}"]);

/** Every query names its source by a variable, so that the dashboard fits any installation. */
export const datasources: BoardRule = (board) => {
  const variables = board.templating.list.filter(({ type }) => type === "datasource");
  const names = new Set(variables.map(({ name }) => `\${${name}}`));
  const unlabelled = variables.filter(({ label }) => !label).map(({ name }) => `${name}: no label`);
  const wrong = places(board).filter(({ uid }) => !CHOSEN.has(uid ?? "") || !names.has(uid ?? ""));
  return [
    ...(variables.length === 0 ? ["no variable for the data source"] : []),
    ...unlabelled,
    ...wrong.map(({ place, uid }) => `${place} asks the source ${uid ?? "(none)"}`),
  ];
};

function places(board: BoardJson): { place: string; uid: string | undefined }[] {
  const ofPanels = panelsOf(board).flatMap(({ id, title, datasource, targets = [] }) =>
    [{ datasource, refId: "" }, ...targets].map((each) => ({
      place: `panel ${id} "${title}" ${each.refId ?? ""}`,
      uid: each.datasource?.uid,
    })),
  );
  const ofVariables = board.templating.list
    .filter(({ type }) => type === "query")
    .map(({ name, datasource }) => ({ place: `variable ${name}`, uid: datasource?.uid }));
  const ofAnnotations = board.annotations.list.map(({ name, datasource }) => ({
    place: `annotation "${name}"`,
    uid: datasource?.uid,
  }));
  return [...ofPanels, ...ofVariables, ...ofAnnotations];
}
