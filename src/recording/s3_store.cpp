// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <mutex>
#include <string_view>

#include <curl/curl.h>

#include "recording/backup_store.hpp"

namespace vcsr::recording {

namespace {

constexpr std::size_t longest_refusal = 64 << 10;
constexpr long patience_to_connect = 15;  // s
constexpr long slowest = 1000;            // bytes/s, for this long:
constexpr long patience_when_slow = 60;   // s

/// What is sent of a body, and what came.
struct Transfer {
  Bytes body;
  std::size_t sent = 0;
  std::vector<std::uint8_t> answer;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* with) {
  Transfer& transfer = *static_cast<Transfer*>(with);
  const std::size_t part = std::min(size * count, transfer.body.size() - transfer.sent);
  if (part > 0) std::memcpy(to, transfer.body.data() + transfer.sent, part);
  transfer.sent += part;
  return part;
}

std::size_t take(char* from, std::size_t size, std::size_t count, void* with) {
  std::vector<std::uint8_t>& answer = static_cast<Transfer*>(with)->answer;
  answer.insert(answer.end(), from, from + size * count);
  return size * count;
}

int begin_again(void* with, curl_off_t offset, int origin) {
  Transfer& transfer = *static_cast<Transfer*>(with);
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_CANTSEEK;
  transfer.sent = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

int go_on(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stop)->load() ? 1 : 0;
}

/// "SignatureDoesNotMatch" of the XML that a store says no with.
std::string word_in(const std::vector<std::uint8_t>& answer) {
  const std::string_view text(reinterpret_cast<const char*>(answer.data()),
                              std::min(answer.size(), longest_refusal));
  const std::size_t begin = text.find("<Code>"), end = text.find("</Code>");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return "";
  return " (" + std::string(text.substr(begin + 6, end - begin - 6)) + ")";
}

class S3Store final : public BackupStore {
 public:
  S3Store(const S3Bucket& bucket, const std::atomic<bool>& stop) : bucket_(bucket), stop_(stop) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    base_ = target_of({.s3 = bucket});
    signing_ = "aws:amz:" + bucket.region + ":s3";
    curl_.reset(curl_easy_init());
    VCSR_ASSERT(curl_);
  }

  void put(const std::string& name, Bytes content) override {
    Transfer transfer{.body = content, .sent = 0, .answer = {}};
    const long status = request("PUT", name, transfer);
    if (status / 100 != 2) refused("written", name, status, transfer);
  }

  std::optional<std::vector<std::uint8_t>> get(const std::string& name) override {
    Transfer transfer;
    const long status = request("GET", name, transfer);
    if (status == 404 && word_in(transfer.answer) != " (NoSuchBucket)") return {};
    if (status != 200) refused("read", name, status, transfer);
    return std::move(transfer.answer);
  }

  void remove(const std::string& name) override {
    Transfer transfer;
    const long status = request("DELETE", name, transfer);
    if (status / 100 != 2 && status != 404) refused("removed", name, status, transfer);
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(curl_.get(), option, value);
    if (code != CURLE_OK)
      throw BackupFailure(
          Error::Code::unsupported,
          std::string("this libcurl cannot be used for a backup: ") + curl_easy_strerror(code));
  }

  void prepare(const std::string& url, Transfer& transfer) {
    curl_easy_reset(curl_.get());
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, patience_to_connect);
    set(CURLOPT_LOW_SPEED_LIMIT, slowest);
    set(CURLOPT_LOW_SPEED_TIME, patience_when_slow);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, go_on);
    set(CURLOPT_XFERINFODATA, const_cast<std::atomic<bool>*>(&stop_));
    set(CURLOPT_WRITEFUNCTION, take);
    set(CURLOPT_WRITEDATA, &transfer);
    set(CURLOPT_AWS_SIGV4, signing_.c_str());
    set(CURLOPT_USERNAME, bucket_.access_key.c_str());
    set(CURLOPT_PASSWORD, bucket_.secret_key.reveal().c_str());
    if (!bucket_.authorities.empty()) set(CURLOPT_CAINFO, bucket_.authorities.c_str());
  }

  /// The HTTP status.
  long request(const char* method, const std::string& name, Transfer& transfer) {
    prepare(base_ + escaped(name), transfer);
    // Signed with the content: a store that got something else says no.
    const std::string hash = "x-amz-content-sha256: " + hexadecimal(sha256({transfer.body}));
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> fields(
        curl_slist_append(nullptr, hash.c_str()), curl_slist_free_all);
    set(CURLOPT_HTTPHEADER, fields.get());
    if (*method == 'P') {
      set(CURLOPT_UPLOAD, 1L);
      set(CURLOPT_READFUNCTION, give);
      set(CURLOPT_READDATA, &transfer);
      set(CURLOPT_SEEKFUNCTION, begin_again);
      set(CURLOPT_SEEKDATA, &transfer);
      set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(transfer.body.size()));
    } else {
      set(CURLOPT_CUSTOMREQUEST, method);
    }
    const CURLcode code = curl_easy_perform(curl_.get());
    if (code != CURLE_OK)
      throw BackupFailure(Error::Code::unavailable,
                          base_ + " cannot be reached: " + curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

  std::string escaped(const std::string& name) const {
    std::string text;
    for (std::size_t begin = 0; begin <= name.size();) {
      const std::size_t end = std::min(name.find('/', begin), name.size());
      const std::unique_ptr<char, decltype(&curl_free)> part(
          curl_easy_escape(curl_.get(), name.c_str() + begin, static_cast<int>(end - begin)), curl_free);
      text += (begin > 0 ? "/" : "") + std::string(begin < end ? part.get() : "");
      begin = end + 1;
    }
    return text;
  }

  [[noreturn]] void refused(const char* doing, const std::string& name, long status,
                            const Transfer& transfer) {
    const bool forbidden = status == 401 || status == 403;
    throw BackupFailure(forbidden ? Error::Code::refused : Error::Code::unavailable,
                        base_ + name + ": cannot be " + doing + ": the store answers " +
                            std::to_string(status) + word_in(transfer.answer) +
                            (forbidden ? "; check access_key, its secret key, region and bucket" : ""));
  }

  const S3Bucket bucket_;
  const std::atomic<bool>& stop_;
  std::string base_, signing_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{nullptr, curl_easy_cleanup};
};

}  // namespace

std::unique_ptr<BackupStore> make_s3_store(const S3Bucket& bucket, const std::atomic<bool>& stop) {
  return std::make_unique<S3Store>(bucket, stop);
}

}  // namespace vcsr::recording
