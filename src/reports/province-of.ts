/** The province of a row that may have none, as reports show it. */
export function provinceOf(row: {
  readonly province_code: string | null;
  readonly province_name_vi: string | null;
}): { readonly code: string; readonly name_vi: string } | null {
  return row.province_code === null
    ? null
    : { code: row.province_code, name_vi: row.province_name_vi ?? "" };
}
