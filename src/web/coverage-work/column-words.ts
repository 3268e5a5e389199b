import type { Lang } from "../lang.ts";

/** Names of indicators and of what numerators are parts of, by code, in one language. */
export type CodeNames = ReadonlyMap<string, string>;

const FIXED: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  vi: {
    province_code: "mã tỉnh",
    province_name: "tên tỉnh",
    district: "quận, huyện (cũ)",
    commune_code: "mã xã",
    commune_name: "tên xã",
    unit_code: "mã đơn vị",
    unit_name: "tên đơn vị",
    level: "cấp",
    as_of: "kỳ báo cáo",
    year: "năm",
    quarter: "quý",
    month: "tháng",
    indicator: "chỉ tiêu",
    version: "phiên bản định nghĩa",
    numerator: "tử số",
    denominator: "mẫu số",
    ratio: "tỷ lệ",
    operator: "nhà mạng",
    basis: "cơ sở số liệu",
    status: "tình trạng",
    denominator_source: "nguồn của mẫu số",
    ignored: "không dùng",
  },
  en: {
    province_code: "code of the province",
    province_name: "name of the province",
    district: "district (former)",
    commune_code: "code of the commune",
    commune_name: "name of the commune",
    unit_code: "code of the unit",
    unit_name: "name of the unit",
    level: "level",
    as_of: "period",
    year: "year",
    quarter: "quarter",
    month: "month",
    indicator: "indicator",
    version: "version of the definition",
    numerator: "numerator",
    denominator: "denominator",
    ratio: "percentage",
    operator: "operator",
    basis: "basis",
    status: "status",
    denominator_source: "source of the denominator",
    ignored: "not used",
  },
};

/** What a column was taken for, in words: `numerator:pop_4g` by the indicator's name. */
export function columnRole(role: string, names: CodeNames, lang: Lang): string {
  const [kind = "", code] = role.split(":");
  const said = FIXED[lang][kind] ?? kind;
  return code === undefined ? said : `${said}: ${names.get(code) ?? code}`;
}
