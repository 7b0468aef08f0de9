// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "base/json_pointer.hpp"
#include "media/wav_codec.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/media/recognizer.hpp"
#include "vcsr/media/wav.hpp"

namespace vcsr {

namespace {

constexpr std::size_t most_answer = 1u << 20;
constexpr std::size_t shown_of_refusal = 200;
/// Where a service tells none.
constexpr double unknown_confidence = 0.5;

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Form = std::unique_ptr<curl_mime, decltype(&curl_mime_free)>;
using Header = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

std::size_t take(char* from, std::size_t size, std::size_t count, void* to) {
  std::string& answer = *static_cast<std::string*>(to);
  if (answer.size() + size * count > most_answer) return 0;
  answer.append(from, size * count);
  return size * count;
}

void replace(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size())
    text.replace(at, what.size(), with);
}

double number_of(const Value* value) {
  if (value == nullptr) return unknown_confidence;
  if (const auto* fraction = value->get_if<double>()) return *fraction;
  if (const auto* whole = value->get_if<std::int64_t>()) return static_cast<double>(*whole);
  return unknown_confidence;
}

/// One line that can be shown to an operator.
std::string beginning_of(const std::string& answer) {
  std::string line = answer.substr(0, shown_of_refusal);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return line;
}

/// The service, and the connection that is kept to it.
class Connection {
 public:
  explicit Connection(SpeechService service) : service_(std::move(service)) { VCSR_ASSERT(curl_); }

  Recognized ask(const std::vector<std::uint8_t>& wav, const Grammar& grammar, const std::string& language) {
    const Form form(curl_mime_init(curl_.get()), curl_mime_free);
    add_audio(form.get(), wav);
    for (const auto& [name, text] : service_.fields)
      add_field(form.get(), name, filled(text, grammar, language));
    const std::string bearer = "Authorization: Bearer " + service_.token.reveal();
    const Header header(service_.token.empty() ? nullptr : curl_slist_append(nullptr, bearer.c_str()),
                        curl_slist_free_all);
    return words_in(answer_to(form.get(), header.get()));
  }

 private:
  static void add_audio(curl_mime* form, const std::vector<std::uint8_t>& wav) {
    curl_mimepart* const part = curl_mime_addpart(form);
    curl_mime_name(part, "file");
    curl_mime_filename(part, "utterance.wav");
    curl_mime_type(part, "audio/wav");
    curl_mime_data(part, reinterpret_cast<const char*>(wav.data()), wav.size());
  }

  static void add_field(curl_mime* form, const std::string& name, const std::string& text) {
    if (text.empty()) return;
    curl_mimepart* const part = curl_mime_addpart(form);
    curl_mime_name(part, name.c_str());
    curl_mime_data(part, text.data(), text.size());
  }

  static std::string filled(std::string text, const Grammar& grammar, const std::string& language) {
    replace(text, "{language}", language);
    replace(text, "{jsgf}", grammar.jsgf());
    return text;
  }

  template <class Option>
  void set(CURLoption option, Option value) {
    const CURLcode code = curl_easy_setopt(curl_.get(), option, value);
    if (code != CURLE_OK)
      throw Error(Error::Code::unsupported, "speech recognition: this libcurl does not serve: " +
                                                std::string(curl_easy_strerror(code)));
  }

  std::string answer_to(curl_mime* form, curl_slist* header) {
    std::string answer;
    details_[0] = '\0';
    curl_easy_reset(curl_.get());
    set(CURLOPT_URL, service_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(service_.limit / std::chrono::milliseconds(1)));
    set(CURLOPT_MIMEPOST, form);
    set(CURLOPT_HTTPHEADER, header);
    set(CURLOPT_WRITEFUNCTION, take);
    set(CURLOPT_WRITEDATA, &answer);
    set(CURLOPT_ERRORBUFFER, details_.data());
    if (!service_.authorities.empty()) set(CURLOPT_CAINFO, service_.authorities.c_str());
    check(curl_easy_perform(curl_.get()));
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status / 100 == 2) return answer;
    const bool forbidden = status == 401 || status == 403;
    throw Error(forbidden ? Error::Code::refused : Error::Code::unavailable,
                service_.url + ": answers " + std::to_string(status) + ": " + beginning_of(answer) +
                    (forbidden ? "; check the token" : ""));
  }

  void check(CURLcode code) const {
    if (code == CURLE_OPERATION_TIMEDOUT)
      throw Error(Error::Code::timed_out, service_.url + ": gave no answer within " +
                                              std::to_string(service_.limit / std::chrono::milliseconds(1)) +
                                              " ms");
    if (code == CURLE_PEER_FAILED_VERIFICATION)
      throw Error(Error::Code::unavailable, service_.url + ": shows a certificate that is not trusted: " +
                                                details_.data() + "; check authorities");
    if (code == CURLE_SSL_CACERT_BADFILE)
      throw Error(
          Error::Code::unavailable,
          service_.url + ": the certificates of its authorities cannot be read from " + service_.authorities);
    if (code == CURLE_WRITE_ERROR)
      throw Error(Error::Code::unavailable, service_.url + ": answers more than 1 MB");
    if (code != CURLE_OK)
      throw Error(Error::Code::unavailable,
                  service_.url + ": cannot be reached: " + curl_easy_strerror(code));
  }

  Recognized words_in(const std::string& answer) const {
    Value document;
    try {
      document = from_json(answer);
    } catch (const Error&) {
      throw Error(Error::Code::unavailable,
                  service_.url + ": expected JSON, got \"" + beginning_of(answer) + "\"");
    }
    const Value* const words = pointed(document, service_.words);
    const std::string* const text = words == nullptr ? nullptr : words->get_if<std::string>();
    if (text == nullptr)
      throw Error(Error::Code::unavailable,
                  service_.url + ": has no text at " + service_.words + ": " + beginning_of(answer));
    const std::size_t first = text->find_first_not_of(" \t\r\n");
    if (first == text->npos) return {};
    const std::size_t last = text->find_last_not_of(" \t\r\n");
    return {text->substr(first, last - first + 1),
            std::clamp(number_of(pointed(document, service_.confidence)), 0.0, 1.0)};
  }

  SpeechService service_;
  Handle curl_{curl_easy_init(), curl_easy_cleanup};
  std::array<char, CURL_ERROR_SIZE> details_{};
};

class HttpRecognition final : public Recognition {
 public:
  HttpRecognition(Connection& connection, const Grammar& grammar, std::string language)
      : connection_(connection), grammar_(grammar), language_(std::move(language)) {}

  void feed(std::span<const std::int16_t> samples) override {
    audio_.samples.insert(audio_.samples.end(), samples.begin(), samples.end());
  }
  Recognized result() override {
    return connection_.ask(encode_wav(audio_, WavFormat::pcm16), grammar_, language_);
  }

 private:
  Connection& connection_;
  const Grammar& grammar_;
  std::string language_;
  WavAudio audio_;
};

class HttpRecognizer final : public Recognizer {
 public:
  explicit HttpRecognizer(SpeechService service) : connection_(std::move(service)) {}
  std::unique_ptr<Recognition> start(const Grammar& grammar, const std::string& language) override {
    return std::make_unique<HttpRecognition>(connection_, grammar, language);
  }

 private:
  Connection connection_;
};

}  // namespace

std::unique_ptr<Recognizer> make_http_recognizer(SpeechService service) {
  if (!service.url.starts_with("http://") && !service.url.starts_with("https://"))
    throw Error(Error::Code::invalid,
                "speech recognition: expected a URL such as \"http://127.0.0.1:9000/inference\", got \"" +
                    service.url + "\"");
  for (const std::string& pointer : {service.words, service.confidence})
    if (!pointer.starts_with('/'))
      throw Error(Error::Code::invalid,
                  "speech recognition: expected a JSON pointer such as \"/text\", got \"" + pointer + "\"");
  return std::make_unique<HttpRecognizer>(std::move(service));
}

}  // namespace vcsr
