import type { CauseKind, Verdict } from "../domain/finding.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import { type Both, both } from "./text.ts";

/** A name with what it means. */
interface LabelTexts {
  readonly name: Both;
  readonly means: Both;
}

const label = (name: Both, means: Both): LabelTexts => ({ name, means });

/** The readiness levels; the names are this system's own, no official ones were found. */
export const LEVELS: Readonly<Record<ReadinessLevel, LabelTexts>> = {
  U: label(
    both("Chưa xác định", "Not known"),
    both(
      "Chưa kết luận được: điểm đo hoặc máy chủ phân giải chưa cho phép, không phải lỗi của cổng.",
      "Nothing can be concluded: the vantage point or the resolver did not allow it; this is not the portal's fault.",
    ),
  ),
  LX: label(
    both("Có AAAA nhưng hỏng", "AAAA, but broken"),
    both(
      "Cổng công bố địa chỉ IPv6 nhưng không dùng được: người dùng IPv6 phải chờ hoặc không vào được.",
      "The portal publishes an IPv6 address that can't be used: visitors with IPv6 wait or fail.",
    ),
  ),
  L0: label(
    both("Chỉ IPv4", "IPv4 only"),
    both("Tên miền không có địa chỉ IPv6.", "The name has no IPv6 address."),
  ),
  L1: label(
    both("Đã công bố IPv6", "IPv6 published"),
    both(
      "Có địa chỉ IPv6 kết nối được, nhưng chưa phục vụ đầy đủ HTTPS ở mọi địa chỉ.",
      "There is an IPv6 address that accepts connections, but HTTPS is not served at every address.",
    ),
  ),
  L2: label(
    both("Truy cập được qua IPv6", "Reachable over IPv6"),
    both(
      "Mọi địa chỉ IPv6 phục vụ HTTPS; chứng thư hoặc chuyển hướng còn lỗi.",
      "Every IPv6 address serves HTTPS; certificate or redirects are not yet in order.",
    ),
  ),
  L3: label(
    both("Hoạt động với IPv6", "Works over IPv6"),
    both(
      "HTTPS hợp lệ ở mọi địa chỉ IPv6, kể cả các máy chủ mà cổng chuyển hướng tới.",
      "HTTPS is valid at every IPv6 address, also at the hosts that the portal redirects to.",
    ),
  ),
  L4: label(
    both("Hoạt động tốt với IPv6", "Works well over IPv6"),
    both(
      "Nội dung và độ ổn định trong 30 ngày qua IPv6 tương đương IPv4, có từ hai máy chủ tên miền trả lời qua IPv6.",
      "Content and thirty days of success over IPv6 equal IPv4, and two or more name servers answer over IPv6.",
    ),
  ),
  L5: label(
    both("Sẵn sàng thuần IPv6", "Ready for IPv6 only"),
    both(
      "Người dùng chỉ có IPv6 phân giải được tên và tải được toàn bộ tài nguyên thuộc tên miền của cổng.",
      "Visitors with IPv6 alone can resolve the name and load everything of the portal's own domain.",
    ),
  ),
};

/** The HTTPS grades. */
export const GRADES: Readonly<Record<HttpsGrade, LabelTexts>> = {
  A: label(
    both("HTTPS đầy đủ", "Full HTTPS"),
    both(
      "HTTPS hợp lệ, bắt buộc, có HSTS từ một năm, chỉ TLS 1.2 trở lên.",
      "HTTPS is valid and enforced, with HSTS for a year or more and only TLS 1.2 or newer.",
    ),
  ),
  B: label(
    both("HTTPS bắt buộc", "HTTPS enforced"),
    both(
      "HTTPS hợp lệ và bắt buộc; chưa đạt HSTS hoặc còn TLS 1.0, 1.1.",
      "HTTPS is valid and enforced; HSTS is not in order or TLS 1.0 or 1.1 is accepted.",
    ),
  ),
  C: label(
    both("Có HTTPS", "HTTPS offered"),
    both("HTTPS hợp lệ nhưng chưa bắt buộc.", "HTTPS is valid but not enforced."),
  ),
  D: label(
    both("HTTPS lỗi", "HTTPS broken"),
    both(
      "Cổng 443 mở nhưng TLS hoặc chứng thư không hợp lệ.",
      "Port 443 is open, but TLS or the certificate is not in order.",
    ),
  ),
  E: label(
    both("Chỉ HTTP", "HTTP only"),
    both(
      "Không có HTTPS; cổng chỉ trả lời HTTP không mã hóa.",
      "There is no HTTPS; the portal answers over unencrypted HTTP only.",
    ),
  ),
  U: label(
    both("Chưa xác định", "Not known"),
    both(
      "Chưa kết luận được về HTTPS trong lần đo này.",
      "Nothing can be concluded about HTTPS from this audit.",
    ),
  ),
};

/** What a check concludes. */
export const VERDICT_LABELS: Readonly<Record<Verdict, Both>> = {
  pass: both("Đạt", "Pass"),
  warn: both("Cần lưu ý", "Warning"),
  fail: both("Không đạt", "Fail"),
  unknown: both("Chưa xác định", "Not known"),
  not_applicable: both("Không áp dụng", "Does not apply"),
};

/** What has to be mended. */
export const CAUSE_LABELS: Readonly<Record<CauseKind, Both>> = {
  host: both("Máy chủ", "Host"),
  name_server: both("Máy chủ tên miền", "Name server"),
  zone: both("Vùng tên miền", "Zone"),
  certificate: both("Chứng thư số", "Certificate"),
  address: both("Địa chỉ", "Address"),
};

/** To be printed beside levels and grades, whose definitions are ours. */
export const CRITERIA_LABEL: Both = both("theo tiêu chí của hệ thống", "by this system's criteria");
