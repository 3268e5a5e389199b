import type { CommonReason } from "../../domain/reasons/index.ts";
import { type Said, says } from "../text.ts";

/** Reasons that every check can give. */
export const COMMON_TEXTS: Readonly<Record<CommonReason, Said>> = {
  vantage_no_ipv4: says(
    "Chưa xác định: điểm đo không có IPv4 hoạt động trong lần đo này, không phải lỗi của cổng.",
    "Not known: the vantage point had no working IPv4 during this audit; this is not the portal's fault.",
  ),
  vantage_no_ipv6: says(
    "Chưa xác định: điểm đo không có IPv6 hoạt động trong lần đo này, không phải lỗi của cổng.",
    "Not known: the vantage point had no working IPv6 during this audit; this is not the portal's fault.",
  ),
  vantage_dns64: says(
    "Chưa xác định: máy chủ phân giải tại điểm đo dùng DNS64 và tự tạo địa chỉ IPv6, nên kết quả này không đáng tin.",
    "Not known: the resolver at the vantage point uses DNS64 and makes up IPv6 addresses, so this can't be relied on.",
  ),
  resolver_unusable: says(
    "Chưa xác định: máy chủ phân giải tên miền tại điểm đo không dùng được trong lần đo này.",
    "Not known: the resolver at the vantage point could not be used during this audit.",
  ),
  resolver_failed: says(
    "Chưa xác định: máy chủ phân giải không cho câu trả lời dứt khoát (quá thời gian, SERVFAIL, từ chối hoặc chỉ một lần trả lời).",
    "Not known: the resolver gave no definite answer (timeout, SERVFAIL, refusal, or a single answer only).",
  ),
  resolver_doubtful: says(
    "Chưa xác định: câu trả lời của máy chủ phân giải tại điểm đo có dấu hiệu bị can thiệp, nên không dùng để kết luận.",
    "Not known: answers of the resolver at the vantage point seem to be tampered with, so nothing is concluded from them.",
  ),
  family_left_out: says(
    "Chưa xác định: lần kiểm tra này được yêu cầu bỏ qua loại địa chỉ cần cho mục này (--family).",
    "Not known: this audit was asked to leave out the family that this needs (--family).",
  ),
  not_reached: says(
    "Chưa xác định: một bước trước đó chưa hoàn thành, nên chưa kiểm tra được mục này; xem các mục khác của cổng.",
    "Not known: an earlier step was not completed, so this could not be tested; see the portal's other findings.",
  ),
  not_offered: says(
    "Chưa xác định: thư viện của hệ thống đo không thực hiện được phép thử này.",
    "Not known: the measuring system's own library can't make this test.",
  ),
  refused_here: says(
    "Chưa xác định: quy tắc của điểm đo không cho phép gửi gói tin tới địa chỉ này.",
    "Not known: the rules of the vantage point do not allow packets to this address.",
  ),
  limit: says(
    "Chưa xác định: số đối tượng phải kiểm tra vượt giới hạn của một lần đo.",
    "Not known: there was more to test than one audit allows.",
  ),
  deadline: says(
    "Chưa xác định: hết thời gian dành cho lần đo trước khi kiểm tra xong mục này.",
    "Not known: the time of the audit was over before this could be tested.",
  ),
  own_fault: says(
    "Chưa xác định: lỗi của chính hệ thống đo, không phải của cổng.",
    "Not known: a fault of the measuring system itself, not of the portal.",
  ),
  no_ip4_address: says(
    "Không áp dụng: tên miền không có địa chỉ IPv4 để kiểm tra.",
    "Does not apply: the name has no IPv4 address to test.",
  ),
  no_ip6_address: says(
    "Không áp dụng: tên miền không có địa chỉ IPv6 dùng được để kiểm tra.",
    "Does not apply: the name has no usable IPv6 address to test.",
  ),
};
