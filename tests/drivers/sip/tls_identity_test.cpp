// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/tls_identity.hpp"

#include <doctest/doctest.h>

#include "drivers/sip/certificates.hpp"
#include "vcsr/base/error.hpp"

using namespace vcsr;
using namespace vcsr::sip;
using vcsr::test::Certificates;

namespace {

WallTime now() { return std::chrono::time_point_cast<WallTime::duration>(std::chrono::system_clock::now()); }

std::string fault_of(const SipTls& options) {
  try {
    TlsIdentity::read(options, now());
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::invalid);
    return error.what();
  }
  return "no fault";
}

}  // namespace

TEST_CASE("a certificate and its key are taken, with those that are trusted") {
  Certificates files;
  files.make("center", "center.example");
  SipTls options = files.options("center");
  options.authorities = files.path("center.pem");

  CHECK(fault_of(options) == "no fault");
  const std::string pem = TlsIdentity::read(options, now()).pem();
  CHECK(pem.find("BEGIN CERTIFICATE") != std::string::npos);
  CHECK(pem.find("BEGIN PRIVATE KEY") != std::string::npos);
}

TEST_CASE("what is wrong with the files is said with their names and what to do") {
  Certificates files;
  files.make("center", "center.example");
  files.make("other", "other.example");
  files.make("old", "old.example", -7200, -3600);
  files.make("early", "early.example", 86400, 2 * 86400);
  files.write("text.pem", "hello");
  SipTls good = files.options("center"), options = good;

  options.certificate = files.path("none.pem");
  CHECK(fault_of(options) == "sip.tls_certificate: cannot read " + files.path("none.pem") +
                                 ": No such file or directory; name a PEM file that this program may read");
  options.certificate = files.path("text.pem");
  CHECK(fault_of(options) == "sip.tls_certificate: there is no certificate in " + files.path("text.pem") +
                                 "; expected PEM, \"BEGIN CERTIFICATE\"");
  options = good;
  options.key = files.path("none.key");
  CHECK(fault_of(options).starts_with("sip.tls_key: cannot read " + files.path("none.key")));
  options.key = files.path("center.pem");
  CHECK(fault_of(options).find("no private key in " + files.path("center.pem")) != std::string::npos);
  options.key = files.path("other.key");
  CHECK(fault_of(options) == "sip.tls_key: the key in " + files.path("other.key") +
                                 " does not belong to the certificate in " + files.path("center.pem") +
                                 "; name the two that were made together");
  options = good;
  options.authorities = files.path("text.pem");
  CHECK(fault_of(options).starts_with("sip.tls_authorities: there is no certificate in "));
  CHECK(fault_of(files.options("old")).find(" expired on ") != std::string::npos);
  CHECK(fault_of(files.options("old")).find("put a renewed one there") != std::string::npos);
  CHECK(fault_of(files.options("early")).find("check this machine's clock") != std::string::npos);
}
