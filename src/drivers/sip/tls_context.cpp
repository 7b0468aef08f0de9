// SPDX-License-Identifier: Apache-2.0
#include "drivers/sip/tls_context.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/sip/rtp/system_address.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::sip {

namespace {

thread_local std::vector<SSL_CTX*>* caught = nullptr;

void on_new_context(void* context, void*, CRYPTO_EX_DATA*, int, long, void*) {
  if (caught) caught->push_back(static_cast<SSL_CTX*>(context));
}

void catch_contexts(std::vector<SSL_CTX*>* where) {
  static const int index =
      CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, nullptr, on_new_context, nullptr, nullptr);
  VCSR_ASSERT(index >= 0);
  caught = where;
}

[[noreturn]] void fail(const std::string& what) {
  throw Error(Error::Code::unavailable,
              "SIP over TLS: " + what + ": " + std::generic_category().message(errno));
}

void write_all(int file, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t written = ::write(file, text.data() + done, text.size() - done);
    if (written <= 0) fail("cannot keep the certificate in memory");
    done += static_cast<std::size_t>(written);
  }
}

}  // namespace

TlsContext::TlsContext(const SipTls& options, WallTime now, Log log)
    : options_(options), log_(std::move(log)), identity_(TlsIdentity::read(options_, now)), seen_(look()) {}

TlsContext::~TlsContext() { remove_folder(); }

// The key stays in memory: the folder holds names for it only.
const std::string& TlsContext::lend() {
  folder_ = (std::filesystem::temp_directory_path() / "vcsr-tls-XXXXXX").string();
  if (!::mkdtemp(folder_.data())) fail("cannot make the folder " + folder_);
  memory_ = ::memfd_create("vcsr-tls", MFD_CLOEXEC);
  if (memory_ < 0) fail("cannot keep the certificate in memory");
  write_all(memory_, identity_.pem());
  const std::string place = "/proc/self/fd/" + std::to_string(memory_);
  for (const char* name : {"/agent.pem", "/cafile.pem"}) {
    if (::symlink(place.c_str(), (folder_ + name).c_str()) != 0) fail("cannot write in " + folder_);
  }
  catch_contexts(&contexts_);
  return folder_;
}

void TlsContext::take_back() {
  catch_contexts(nullptr);
  remove_folder();
  if (contexts_.empty())
    throw Error(Error::Code::unavailable,
                "SIP over TLS: this sofia-sip was built without it; rebuild it with OpenSSL");
  for (SSL_CTX* context : contexts_) {
    identity_.apply(context);
    if (options_.verify != SipTls::Verify::nobody)
      SSL_CTX_set_cert_verify_callback(context, &TlsContext::on_verify, this);
    SSL_CTX_set_app_data(context, this);
    SSL_CTX_set_info_callback(context, &TlsContext::on_progress);
  }
}

// A server of many names has to be told which of them is meant (RFC 6066 §3), and sofia tells none.
void TlsContext::on_progress(const SSL* connection, int place, int) {
  if ((place & SSL_CB_HANDSHAKE_START) == 0 || SSL_is_server(connection)) return;
  const auto* self = static_cast<const TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(connection)));
  SystemAddress peer;
  if (::getpeername(SSL_get_fd(connection), &peer.any, &peer.length) != 0) return;
  const auto expected = self->expected_.find(to_string(peer.read()));
  if (expected == self->expected_.end()) return;
  const std::string& host = *expected->second.begin();
  if (expected->second.size() == 1 && !is_address(host) && !host.starts_with('*'))
    SSL_set_tlsext_host_name(const_cast<SSL*>(connection), host.c_str());
}

// After the chain, on sofia's thread: sofia itself knows no names, only where it connects to.
int TlsContext::on_verify(X509_STORE_CTX* chain, void* context) {
  const int good = X509_verify_cert(chain);
  const auto* const connection =
      static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  if (good != 1 || SSL_is_server(connection)) return good;
  if (static_cast<TlsContext*>(context)->suits(X509_STORE_CTX_get0_cert(chain), SSL_get_fd(connection)))
    return 1;
  X509_STORE_CTX_set_error(chain, X509_V_ERR_HOSTNAME_MISMATCH);
  return 0;
}

bool TlsContext::suits(const X509* certificate, int socket) const {
  SystemAddress peer;
  if (::getpeername(socket, &peer.any, &peer.length) != 0) return false;
  const std::string place = to_string(peer.read());
  const auto expected = expected_.find(place);
  if (expected == expected_.end()) return true;
  std::string wanted;
  for (const std::string& host : expected->second) {
    if (is_certificate_of(certificate, host)) return true;
    wanted += (wanted.empty() ? "" : ", ") + host;
  }
  log_.warning("a server shows a certificate for another name; if that is right, set the trunk's tls_name",
               {{"server", place}, {"expected", wanted}, {"certificate", names_in(certificate)}});
  return false;
}

void TlsContext::remove_folder() noexcept {
  if (memory_ >= 0) ::close(std::exchange(memory_, -1));
  if (std::error_code ignored; !folder_.empty())
    std::filesystem::remove_all(std::exchange(folder_, {}), ignored);
}

void TlsContext::refresh(WallTime now) {
  std::vector<std::string> found = look();
  if (found == seen_) return;
  seen_ = std::move(found);
  try {
    identity_ = TlsIdentity::read(options_, now);
    for (SSL_CTX* context : contexts_) identity_.apply(context);
    log_.info("new TLS certificate taken", {{"certificate", options_.certificate}});
  } catch (const Error& error) {
    log_.error("new TLS certificate refused, the one before goes on", {{"why", std::string(error.what())}});
  }
}

std::vector<std::string> TlsContext::look() const {
  std::vector<std::string> found;
  for (const std::string& path : {options_.certificate, options_.key, options_.authorities}) {
    struct stat is {};
    if (path.empty() || ::stat(path.c_str(), &is) != 0) {
      found.push_back(path + " is not there");
      continue;
    }
    found.push_back(path + " " + std::to_string(is.st_ino) + " " + std::to_string(is.st_size) + " " +
                    std::to_string(is.st_mtim.tv_sec) + "." + std::to_string(is.st_mtim.tv_nsec));
  }
  return found;
}

}  // namespace vcsr::sip
