// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace vcsr::test {

/// A folder with certificates made for one test.
class CertificateFolder {
 public:
  CertificateFolder()
      : folder_(std::filesystem::temp_directory_path() / ("vcsr-tls-test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~CertificateFolder() { std::filesystem::remove_all(folder_); }
  CertificateFolder(const CertificateFolder&) = delete;
  CertificateFolder& operator=(const CertificateFolder&) = delete;

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }

  /// NAME.pem and NAME.key, valid from `begin` to `end` seconds from now; `names`: "DNS:a.example,URI:sip:b".
  void make(const std::string& file, const std::string& common_name, long begin = -60, long end = 3600,
            const std::string& names = {}) const {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* made = X509_new();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial_);
    X509_gmtime_adj(X509_getm_notBefore(made), begin);
    X509_gmtime_adj(X509_getm_notAfter(made), end);
    X509_set_pubkey(made, key);
    X509_NAME* name = X509_get_subject_name(made);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    X509_set_issuer_name(made, name);
    if (!names.empty()) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
      X509_add_ext(made, extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(made, key, EVP_sha256());
    std::FILE* certificates = std::fopen(path(file + ".pem").c_str(), "w");
    PEM_write_X509(certificates, made);
    std::fclose(certificates);
    std::FILE* keys = std::fopen(path(file + ".key").c_str(), "w");
    PEM_write_PrivateKey(keys, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(keys);
    X509_free(made);
    EVP_PKEY_free(key);
  }

 private:
  std::filesystem::path folder_;
  static inline long serial_ = 0;
};

}  // namespace vcsr::test
