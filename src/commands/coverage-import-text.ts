import { importFaultText } from "../catalogue/import-faults/index.ts";
import type { Lang } from "../catalogue/text.ts";
import type { OnProgress } from "../coverage/contract.ts";
import type { Basis } from "../domain/coverage/figure.ts";
import type { ImportOutcome } from "../importing/import-outcome.ts";

/** What an import came to, in lines for a person; with `each`, every fault as file:sheet:row:column rule message. */
export function importText(outcome: ImportOutcome, lang: Lang, each: boolean): string[] {
  const { file, faults, faultCount } = outcome;
  const lines = each
    ? faults.map((fault) => {
        const place = [file, fault.sheet, fault.row, fault.column].map((part) => part ?? "");
        return `${place.join(":")} ${fault.rule} ${importFaultText(fault, lang)}`;
      })
    : [];
  const words = WORDS[lang];
  if (each && faultCount > faults.length) lines.push(words.more(faultCount - faults.length));
  if (outcome.assumedBasis !== null) lines.push(words.assumed(words.bases[outcome.assumedBasis]));
  lines.push(words.counts(outcome));
  if (outcome.repeated) lines.push(words.repeated(outcome.submission ?? 0));
  else if (outcome.dryRun) lines.push(words.dryRun);
  else if (outcome.submission !== null) lines.push(words.stored(outcome.submission));
  return lines;
}

/** How far an import is. */
export function progressText(step: Parameters<OnProgress>[0], rows: number, lang: Lang): string {
  return WORDS[lang].steps[step](rows);
}

const WORDS = {
  vi: {
    steps: {
      reading: (rows: number) => `Đang đọc: ${rows} dòng`,
      checking: (rows: number) => `Đang kiểm tra: ${rows} dòng`,
      writing: (rows: number) => `Đang ghi: ${rows} số liệu`,
    },
    more: (count: number) => `… và ${count} lỗi nữa.`,
    counts: ({ accepted, held, refused, unchanged, figures }: ImportOutcome) =>
      `Số dòng: ${accepted} nhận, ${held} chờ xem xét, ${refused} từ chối; ${figures} số liệu được ghi, ${unchanged} số liệu đã có từ trước.`,
    bases: {
      reported: "báo cáo",
      measured: "đo kiểm",
      modelled: "mô phỏng",
      projected: "dự kiến",
      estimated: "ước tính",
    } satisfies Record<Basis, string>,
    assumed: (basis: string) =>
      `Không nêu cơ sở số liệu: hiểu là ${basis}, như thường lệ với nguồn này.`,
    repeated: (submission: number) =>
      `Tệp này đã được nhập trước đây (lần nhập ${submission}); không có gì thay đổi.`,
    dryRun: "Chạy thử: không lưu gì.",
    stored: (submission: number) => `Lần nhập số ${submission}.`,
  },
  en: {
    steps: {
      reading: (rows: number) => `Reading: ${rows} rows`,
      checking: (rows: number) => `Checking: ${rows} rows`,
      writing: (rows: number) => `Writing: ${rows} figures`,
    },
    more: (count: number) => `… and ${count} more faults.`,
    counts: ({ accepted, held, refused, unchanged, figures }: ImportOutcome) =>
      `Rows: ${accepted} accepted, ${held} held for review, ${refused} refused; ${figures} figures written, ${unchanged} were there already.`,
    bases: {
      reported: "reported",
      measured: "measured",
      modelled: "modelled",
      projected: "projected",
      estimated: "estimated",
    } satisfies Record<Basis, string>,
    assumed: (basis: string) =>
      `How the figures came about is not said: taken as ${basis}, as is usual for this source.`,
    repeated: (submission: number) =>
      `This file was imported before, as submission ${submission}; nothing has changed.`,
    dryRun: "A dry run: nothing is stored.",
    stored: (submission: number) => `Submission ${submission}.`,
  },
};
