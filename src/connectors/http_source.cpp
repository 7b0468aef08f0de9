// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "base/json_pointer.hpp"
#include "connectors/connection.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/connectors/http.hpp"

namespace vcsr {

namespace {

using connectors::Question;

constexpr std::size_t most_answer = 4u << 20;
constexpr long status_not_found = 404;

using Header = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

std::size_t take(char* from, std::size_t size, std::size_t count, void* to) {
  std::string& answer = *static_cast<std::string*>(to);
  if (answer.size() + size * count > most_answer) return 0;
  answer.append(from, size * count);
  return size * count;
}

int is_dropped(void* question, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Question*>(question)->dropped ? 1 : 0;
}

bool has_body(const std::string& method) { return method == "POST" || method == "PUT" || method == "PATCH"; }

class HttpConnection final : public connectors::Connection {
 public:
  HttpConnection(std::string name, const HttpService& service) : name_(std::move(name)), service_(service) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    curl_.reset(curl_easy_init());
    VCSR_ASSERT(curl_);
  }

  std::vector<Facts> ask(const Question& question) override {
    const HttpQuery& query = service_.queries.at(question.query);
    std::string answer;
    const long status = request(query, question, answer);
    if (status == status_not_found) return {};
    if (status / 100 == 4)
      throw Error(Error::Code::refused, name_ + " answers " + std::to_string(status) + " to " +
                                            question.query +
                                            (status == 401 || status == 403 ? ": check its token" : ""));
    if (status / 100 != 2)
      throw Error(Error::Code::unavailable,
                  name_ + " answers " + std::to_string(status) + " to " + question.query);
    return rows_in(query, answer);
  }

 private:
  template <class Option>
  void set(CURLoption option, Option value) {
    const CURLcode code = curl_easy_setopt(curl_.get(), option, value);
    if (code != CURLE_OK)
      throw Error(Error::Code::unsupported,
                  name_ + ": this libcurl does not serve: " + curl_easy_strerror(code));
  }

  std::string escaped(const std::string& text) const {
    const std::unique_ptr<char, decltype(&curl_free)> safe(
        curl_easy_escape(curl_.get(), text.c_str(), static_cast<int>(text.size())), curl_free);
    return safe ? safe.get() : "";
  }

  Header header(bool body) const {
    curl_slist* list = nullptr;
    const auto add = [&list](const std::string& line) { list = curl_slist_append(list, line.c_str()); };
    add("Accept: application/json");
    if (body) add("Content-Type: application/json");
    if (!service_.token.empty()) add("Authorization: Bearer " + service_.token.reveal());
    for (const auto& [field, value] : service_.header) add(field + ": " + value);
    return {list, curl_slist_free_all};
  }

  long request(const HttpQuery& query, const Question& question, std::string& answer) {
    const std::string url =
        service_.url + connectors::filled(query.path, question.parameters,
                                          [this](const std::string& text) { return escaped(text); });
    const bool body = has_body(query.method);
    const std::string sent = body ? to_json(question.parameters) : "";
    const Header fields = header(body);
    curl_easy_reset(curl_.get());
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(question.limit / std::chrono::milliseconds(1))));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, is_dropped);
    set(CURLOPT_XFERINFODATA, const_cast<Question*>(&question));
    set(CURLOPT_CUSTOMREQUEST, query.method.c_str());
    if (body) set(CURLOPT_POSTFIELDSIZE, static_cast<long>(sent.size()));
    if (body) set(CURLOPT_COPYPOSTFIELDS, sent.c_str());
    set(CURLOPT_HTTPHEADER, fields.get());
    set(CURLOPT_WRITEFUNCTION, take);
    set(CURLOPT_WRITEDATA, &answer);
    if (!service_.authorities.empty()) set(CURLOPT_CAINFO, service_.authorities.c_str());
    check(curl_easy_perform(curl_.get()));
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

  void check(CURLcode code) const {
    if (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_ABORTED_BY_CALLBACK)
      throw Error(Error::Code::timed_out, name_ + " gave no answer in time");
    if (code == CURLE_WRITE_ERROR) throw Error(Error::Code::unavailable, name_ + " answers more than 4 MB");
    if (code == CURLE_PEER_FAILED_VERIFICATION)
      throw Error(Error::Code::unavailable,
                  name_ + " shows a certificate that is not trusted: check authorities");
    if (code != CURLE_OK)
      throw Error(Error::Code::unavailable, name_ + " cannot be reached: " + curl_easy_strerror(code));
  }

  std::vector<Facts> rows_in(const HttpQuery& query, const std::string& answer) const {
    Value document;
    try {
      if (!answer.empty()) document = from_json(answer);
    } catch (const Error& error) {
      throw Error(Error::Code::unavailable, name_ + " does not answer JSON: " + error.what());
    }
    std::vector<Facts> rows;
    const Value* const found = pointed(document, query.rows);
    if (!found || found->is_null()) return rows;
    if (const Facts* row = found->get_if<Facts>()) rows.push_back(*row);
    else if (const auto* list = found->get_if<Value::List>()) {
      for (const Value& item : *list)
        if (const Facts* row = item.get_if<Facts>()) rows.push_back(*row);
    } else {
      rows.push_back({{"value", *found}});
    }
    return rows;
  }

  const std::string name_;
  const HttpService& service_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{nullptr, curl_easy_cleanup};
};

void require(const std::string& source, const HttpService& service) {
  const auto wrong = [&source](const std::string& what) {
    throw Error(Error::Code::invalid, "source " + source + ": " + what);
  };
  if (!service.url.starts_with("http://") && !service.url.starts_with("https://"))
    wrong("url: expected one such as \"https://crm.example.com/api\", got \"" + service.url + "\"");
  for (const auto& [name, query] : service.queries) {
    if (query.method != "GET" && query.method != "DELETE" && !has_body(query.method))
      wrong("query " + name + ": method: expected GET, POST, PUT, PATCH or DELETE, got \"" + query.method +
            "\"");
    if (!query.path.empty() && query.path[0] != '/' && query.path[0] != '?')
      wrong("query " + name + ": path: expected one such as \"/customers/{phone}\", got \"" + query.path +
            "\"");
    if (!query.rows.empty() && query.rows[0] != '/')
      wrong("query " + name + ": rows: expected a JSON pointer such as \"/result\", got \"" + query.rows +
            "\"");
  }
}

}  // namespace

std::unique_ptr<DataSource> make_http_source(Loop& loop, ConnectorOptions options, HttpService service) {
  require(options.name, service);
  connectors::Queries needs;
  for (const auto& [name, query] : service.queries)
    needs.emplace(name, connectors::names_in_braces(query.path));
  const std::string name = options.name;
  return connectors::make_source(loop, std::move(options), std::move(needs),
                                 [name, service = std::make_shared<const HttpService>(std::move(service))] {
                                   return std::make_unique<HttpConnection>(name, *service);
                                 });
}

}  // namespace vcsr
