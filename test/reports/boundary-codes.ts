import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";

/** The codes of the units in seeds/, by code: provinces, and communes with that of their province. */
export async function readUnits(): Promise<{
  provinces: string[];
  communes: [code: string, province: string][];
}> {
  const rows = async (name: string) => {
    const text = await readFile(new URL(`../../seeds/${name}.csv`, import.meta.url), "utf8");
    return parse(text, { columns: true, bom: true }) as Record<string, string>[];
  };
  const provinces = (await rows("provinces")).map(({ code = "" }) => code);
  const communes = (await rows("communes")).map(
    ({ code = "", province_code = "" }): [string, string] => [code, province_code],
  );
  communes.sort(([one], [other]) => (one < other ? -1 : 1));
  return { provinces, communes };
}
