// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "certificate_folder.hpp"
#include "media/file_descriptor.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/media/recognizer.hpp"

using namespace vcsr;
using namespace std::chrono_literals;

namespace {

/// speech_service.py as long as a test runs: it ends when the pipe to it is closed.
class Service {
 public:
  /// With a certificate and its key by HTTPS.
  explicit Service(const std::string& certificate = "", const std::string& key = "")
      : scheme_(key.empty() ? "http" : "https") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const FileDescriptor from(ends[0]);
    FileDescriptor to(ends[1]);
    const std::string script =
        std::string(VCSR_MEDIA_TESTS) + "/speech_service.py " + certificate + " " + key;
    program_ = ::popen(("exec python3 " + script + " >&" + std::to_string(to.get())).c_str(), "w");
    to.close();
    std::array<char, 16> port{};
    REQUIRE(::read(from.get(), port.data(), port.size() - 1) > 0);
    port_ = std::stoi(port.data());
  }
  ~Service() { ::pclose(program_); }
  Service(const Service&) = delete;

  std::string url(const std::string& path) const {
    return scheme_ + "://127.0.0.1:" + std::to_string(port_) + path;
  }

 private:
  const std::string scheme_;
  std::FILE* program_ = nullptr;
  int port_ = 0;
};

/// A tenth of a second of something, sent in two pieces.
Recognized recognized_by(Recognizer& recognizer, const Grammar& grammar = {}) {
  const std::unique_ptr<Recognition> recognition = recognizer.start(grammar, "en-US");
  recognition->feed(std::vector<std::int16_t>(400, 1000));
  recognition->feed(std::vector<std::int16_t>(400, 1000));
  return recognition->result();
}

Recognized recognized_by(SpeechService service, const Grammar& grammar = {}) {
  return recognized_by(*make_http_recognizer(std::move(service)), grammar);
}

/// Its code and message, the service's address left out.
std::pair<Error::Code, std::string> fault_of(const SpeechService& service) {
  try {
    recognized_by(service);
  } catch (const Error& error) {
    const std::string message = error.what();
    REQUIRE(message.starts_with(service.url + ": "));
    return {error.code(), message.substr(service.url.size() + 2)};
  }
  FAIL("was understood");
  return {};
}

}  // namespace

TEST_CASE("a service is told the audio, the language and the grammar, and who asks") {
  const Service service;
  const Grammar grammar = Grammar::phrases({"yes", "no"});

  const Recognized said =
      recognized_by({.url = service.url("/asked"), .token = Secret("open sesame")}, grammar);

  const Value asked = from_json(said.text);
  const auto& fields = *asked.get_if<Value::Map>();
  CHECK(fields.at("hertz") == Value(8000));
  CHECK(fields.at("samples") == Value(800));
  CHECK(fields.at("bytes") == Value(2));
  CHECK(fields.at("language").text() == "en-US");
  CHECK(fields.at("grammar").text() == grammar.jsgf());
  CHECK(fields.at("authorization").text() == "Bearer open sesame");
}

TEST_CASE("a service is told fields of its own, and none that are empty") {
  const Service service;

  const Recognized said =
      recognized_by({.url = service.url("/asked"),
                     .fields = {{"model", "whisper-1"}, {"prompt", "in {language}"}, {"grammar", "{jsgf}"}}});

  const Value asked = from_json(said.text);
  const auto& fields = *asked.get_if<Value::Map>();
  CHECK(fields.at("model").text() == "whisper-1");
  CHECK(fields.at("prompt").text() == "in en-US");
  CHECK_FALSE(fields.contains("grammar"));
  CHECK_FALSE(fields.contains("language"));
  CHECK(fields.at("authorization").is_null());
}

TEST_CASE("words and confidence are read where the service has them") {
  const Service service;

  const Recognized plain = recognized_by({.url = service.url("/words")});
  const Recognized sure = recognized_by({.url = service.url("/sure")});
  const Recognized nested = recognized_by(
      {.url = service.url("/nested"), .words = "/results/0/a~1b", .confidence = "/results/0/p"});
  const Recognized unsaid = recognized_by(
      {.url = service.url("/nested"), .words = "/results/0/a~1b", .confidence = "/results/1/p"});

  CHECK(plain.text == "my balance");
  CHECK(plain.confidence == doctest::Approx(0.87));
  CHECK(sure.confidence == 1);
  CHECK(nested.text == "my balance");
  CHECK(nested.confidence == 1);
  CHECK(unsaid.confidence == doctest::Approx(0.5));
}

TEST_CASE("a service that heard nothing understood nothing") {
  const Service service;

  const Recognized said = recognized_by({.url = service.url("/silence")});

  CHECK(said.text.empty());
  CHECK(said.confidence == 0);
}

TEST_CASE("a service that refuses, fails or answers something else is told of in its words") {
  const Service service;
  using Fault = std::pair<Error::Code, std::string>;

  CHECK(fault_of({.url = service.url("/closed")}) ==
        Fault{Error::Code::refused, "answers 401: who are you?; check the token"});
  CHECK(fault_of({.url = service.url("/broken")}) ==
        Fault{Error::Code::unavailable, "answers 500: no model is loaded"});
  CHECK(fault_of({.url = service.url("/html")}) ==
        Fault{Error::Code::unavailable, "expected JSON, got \"<html> hello\""});
  CHECK(fault_of({.url = service.url("/empty")}) ==
        Fault{Error::Code::unavailable, "has no text at /text: {}"});
  CHECK(fault_of({.url = service.url("/endless")}) ==
        Fault{Error::Code::unavailable, "answers more than 1 MB"});
}

TEST_CASE("a service is not waited for beyond its limit") {
  const Service service;

  const auto fault = fault_of({.url = service.url("/never"), .limit = 50ms});

  CHECK(fault.first == Error::Code::timed_out);
  CHECK(fault.second == "gave no answer within 50 ms");
}

TEST_CASE("a service by HTTPS is told nothing unless its certificate is trusted and for its host") {
  const test::CertificateFolder certificates;
  certificates.make("ours", "speech", -60, 3600, "IP:127.0.0.1");
  certificates.make("theirs", "speech", -60, 3600, "IP:127.0.0.1");
  certificates.make("elsewhere", "speech", -60, 3600, "DNS:speech.example");
  certificates.make("old", "speech", -7200, -3600, "IP:127.0.0.1");
  const auto service_with = [&](const std::string& name) {
    return Service(certificates.path(name + ".pem"), certificates.path(name + ".key"));
  };
  const Service ours = service_with("ours"), elsewhere = service_with("elsewhere"), old = service_with("old");
  const auto fault_with = [&](const Service& service, const std::string& authorities) {
    const auto [code, message] =
        fault_of({.url = service.url("/words"), .authorities = certificates.path(authorities)});
    CHECK(code == Error::Code::unavailable);
    return message;
  };
  const std::string untrusted = "shows a certificate that is not trusted: ";

  const Recognized said =
      recognized_by({.url = ours.url("/words"), .authorities = certificates.path("ours.pem")});

  CHECK(said.text == "my balance");
  for (const std::string& message :
       {fault_with(ours, "theirs.pem"), fault_with(elsewhere, "elsewhere.pem"), fault_with(old, "old.pem")}) {
    CHECK(message.starts_with(untrusted));
    CHECK(message.ends_with("; check authorities"));
  }
  CHECK(fault_with(elsewhere, "elsewhere.pem").find("127.0.0.1") != std::string::npos);
  CHECK(fault_with(old, "old.pem").find("expired") != std::string::npos);
  CHECK(fault_with(ours, "none.pem") ==
        "the certificates of its authorities cannot be read from " + certificates.path("none.pem"));
}

TEST_CASE("a service that is not there is unavailable") {
  const auto fault = fault_of({.url = "http://127.0.0.1:1/"});

  CHECK(fault.first == Error::Code::unavailable);
  CHECK(fault.second.starts_with("cannot be reached: "));
}

TEST_CASE("a service is asked again and again") {
  const Service service;
  const auto recognizer = make_http_recognizer({.url = service.url("/words")});

  for (int i = 0; i < 3; ++i) CHECK(recognized_by(*recognizer).text == "my balance");
}

TEST_CASE("a service must have an address, and its answer places") {
  CHECK_THROWS_WITH_AS(make_http_recognizer({.url = "file:///etc/passwd"}),
                       "speech recognition: expected a URL such as \"http://127.0.0.1:9000/inference\", got "
                       "\"file:///etc/passwd\"",
                       Error);
  CHECK_THROWS_WITH_AS(make_http_recognizer({.url = "http://127.0.0.1/", .words = "text"}),
                       "speech recognition: expected a JSON pointer such as \"/text\", got \"text\"", Error);
}
