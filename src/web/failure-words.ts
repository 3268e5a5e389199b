import type { FailureKind, SkipReason } from "../domain/failure.ts";
import type { Lang } from "./lang.ts";

/** What each failure means, in a few words for people who run no networks. */
export const FAILURE_WORDS: Readonly<
  Record<FailureKind | SkipReason, Readonly<Record<Lang, string>>>
> = {
  dns_timeout: { en: "the name lookup did not end in time", vi: "tra cứu tên miền quá hạn" },
  dns_servfail: { en: "the name servers failed", vi: "máy chủ tên miền báo lỗi" },
  dns_refused: { en: "the resolver refused to answer", vi: "máy chủ phân giải từ chối" },
  dns_malformed: { en: "the resolver's answer made no sense", vi: "trả lời tên miền sai dạng" },
  resolver_unusable: {
    en: "this place has no usable resolver",
    vi: "nơi đo không tra được tên miền",
  },
  no_address_at_all: { en: "the name has no address", vi: "tên miền không có địa chỉ nào" },
  address_special: {
    en: "the address is not a public one",
    vi: "địa chỉ không phải địa chỉ công cộng",
  },
  connect_refused: { en: "the connection was refused", vi: "kết nối bị từ chối" },
  connect_timeout: { en: "no answer to the connection", vi: "kết nối không có hồi đáp" },
  connect_reset: { en: "the connection was broken off", vi: "kết nối bị ngắt" },
  network_unreachable: { en: "the network is not reachable", vi: "không tới được mạng" },
  tls_timeout: { en: "encryption was not agreed in time", vi: "bắt tay TLS quá hạn" },
  tls_handshake: { en: "encryption could not be agreed", vi: "bắt tay TLS thất bại" },
  tls_reset: { en: "broken off while agreeing encryption", vi: "bị ngắt khi bắt tay TLS" },
  tls_expired: { en: "the certificate has expired", vi: "chứng thư đã hết hạn" },
  tls_not_yet_valid: { en: "the certificate is not valid yet", vi: "chứng thư chưa có hiệu lực" },
  tls_hostname: { en: "the certificate is for another name", vi: "chứng thư không đúng tên miền" },
  tls_self_signed: { en: "the certificate is self-signed", vi: "chứng thư tự ký" },
  tls_incomplete_chain: {
    en: "the certificate chain is incomplete",
    vi: "thiếu chứng thư trung gian",
  },
  tls_untrusted: { en: "the certificate is not trusted", vi: "chứng thư không được tin cậy" },
  http_timeout: { en: "no answer in time", vi: "không trả lời kịp" },
  body_timeout: { en: "the page did not arrive in time", vi: "nội dung không đến kịp" },
  http_closed: { en: "the server hung up", vi: "máy chủ đóng kết nối" },
  http_protocol: { en: "the answer is not HTTP", vi: "trả lời không đúng HTTP" },
  http_header_overflow: { en: "the answer's headers are too long", vi: "phần đầu trả lời quá dài" },
  http_status: { en: "the server answered with an error", vi: "máy chủ trả về mã lỗi" },
  redirect_loop: { en: "it redirects in a circle", vi: "chuyển hướng vòng tròn" },
  redirect_limit: { en: "too many redirects", vi: "chuyển hướng quá nhiều lần" },
  redirect_invalid: { en: "it redirects to nowhere", vi: "chuyển hướng sai" },
  redirect_family_gap: {
    en: "it redirects to a host without this kind of address",
    vi: "chuyển hướng tới máy chủ không có loại địa chỉ này",
  },
  body_mismatch: { en: "the page lacks what it must show", vi: "nội dung không như mong đợi" },
  too_slow: { en: "slower than its limit", vi: "chậm hơn giới hạn" },
  partial_address_set: {
    en: "some of its addresses do not answer",
    vi: "một số địa chỉ không trả lời",
  },
  resolver_down: { en: "our resolver was down", vi: "máy chủ phân giải của nơi đo hỏng" },
  own_sockets: { en: "our machine had no sockets left", vi: "máy đo hết kết nối" },
  event_loop_lag: { en: "our machine was too busy to tell", vi: "máy đo quá tải" },
  vantage_no_ipv4: { en: "this place has no IPv4", vi: "nơi đo không có IPv4" },
  vantage_no_ipv6: { en: "this place has no IPv6", vi: "nơi đo không có IPv6" },
  vantage_dns64: { en: "the resolver invents IPv6 addresses", vi: "DNS64 tạo địa chỉ IPv6 giả" },
  prober_fault: { en: "a fault of the prober", vi: "lỗi của máy đo" },
  skip_in_flight_limit: {
    en: "skipped: too many probes under way",
    vi: "bỏ lượt: quá nhiều phép đo",
  },
  skip_rate_limit: {
    en: "skipped: too many new connections",
    vi: "bỏ lượt: quá nhiều kết nối mới",
  },
  skip_address_busy: { en: "skipped: its address was busy", vi: "bỏ lượt: địa chỉ đang bận" },
  skip_late: { en: "skipped: it would have begun too late", vi: "bỏ lượt: trễ giờ" },
  skip_previous_running: {
    en: "skipped: the last run still ran",
    vi: "bỏ lượt: lượt trước chưa xong",
  },
  skip_stopping: { en: "skipped: the service was stopping", vi: "bỏ lượt: dịch vụ đang dừng" },
};
