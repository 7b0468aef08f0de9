// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/documents.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <openssl/evp.h>

#include "rules/model/definitions_reader.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad())
    throw Error(Error::Code::not_found, "rules '" + path + "' cannot be read: " + std::strerror(errno));
  return text;
}

std::vector<std::string> imports_beside(const std::string& path, std::string_view xml) {
  std::vector<std::string> texts;
  if (xml.find("import") == std::string_view::npos) return texts;
  std::error_code none;
  const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, none))
    if (entry.path().extension() == ".dmn" && !fs::equivalent(entry.path(), path, none))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) texts.push_back(read_file(file.string()));
  return texts;
}

std::vector<model::Definitions> read_documents(std::string_view xml, const std::string& document,
                                               const std::vector<std::string>& imports) {
  std::vector<model::Definitions> documents;
  documents.push_back(model::read_definitions(xml, document));
  std::set<std::string> wanted, known = {documents.front().space};
  const auto want = [&wanted](const model::Definitions& definitions) {
    for (const model::Import& import : definitions.imports) wanted.insert(import.space);
  };
  want(documents.front());
  std::vector<bool> taken(imports.size());
  for (bool more = !wanted.empty(); more;) {
    more = false;
    for (std::size_t i = 0; i < imports.size(); ++i) {
      const bool may_be = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& space) {
        return !known.contains(space) && imports[i].find(space) != std::string::npos;
      });
      if (taken[i] || !may_be) continue;
      taken[i] = true;
      model::Definitions read = model::read_definitions(imports[i], "import " + std::to_string(i + 1));
      if (!wanted.contains(read.space) || !known.insert(read.space).second) {
        taken[i] = known.contains(read.space);
        continue;
      }
      want(read);
      documents.push_back(std::move(read));
      more = true;
    }
  }
  return documents;
}

std::string hash_of(const std::vector<std::string>& texts) {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), nullptr);
  for (const std::string& text : texts) {
    const std::string length = std::to_string(text.size()) + ":";
    EVP_DigestUpdate(context, length.data(), length.size());
    EVP_DigestUpdate(context, text.data(), text.size());
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(context, digest, &size);
  EVP_MD_CTX_free(context);
  std::string digits;
  for (unsigned int i = 0; i < size; ++i) {
    digits += "0123456789abcdef"[digest[i] >> 4];
    digits += "0123456789abcdef"[digest[i] & 15];
  }
  return digits;
}

}  // namespace vcsr::rules
