// SPDX-License-Identifier: Apache-2.0
#include "recording/ledger.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "media/file.hpp"
#include "recording/digest.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::recording {

namespace {

template <class T>
const T& field(const Facts& facts, const char* name) {
  const auto found = facts.find(name);
  const T* value = found == facts.end() ? nullptr : found->second.get_if<T>();
  if (!value) throw Error(Error::Code::invalid, std::string("an entry of the ledger has no ") + name);
  return *value;
}

}  // namespace

std::string ledger_origin() { return std::string(64, '0'); }

std::string LedgerEntry::text() const {
  return to_json(Facts{{"number", number},
                       {"previous", previous},
                       {"at", to_string(at)},
                       {"by", by},
                       {"kind", kind},
                       {"recording", recording},
                       {"details", details}});
}

std::string LedgerEntry::hash() const { return hexadecimal(sha256({bytes_of(text()), bytes_of(signature)})); }

Facts LedgerEntry::document() const { return {{"entry", from_json(text())}, {"signature", signature}}; }

LedgerEntry ledger_entry(const Value& document) {
  const Facts* whole = document.get_if<Value::Map>();
  if (!whole) throw Error(Error::Code::invalid, "expected an entry of the ledger, got " + document.text());
  const Facts& entry = field<Value::Map>(*whole, "entry");
  return {.number = static_cast<std::uint64_t>(field<std::int64_t>(entry, "number")),
          .previous = field<std::string>(entry, "previous"),
          .at = parse_wall_time(field<std::string>(entry, "at")),
          .by = field<std::string>(entry, "by"),
          .kind = field<std::string>(entry, "kind"),
          .recording = field<std::string>(entry, "recording"),
          .details = field<Value::Map>(entry, "details"),
          .signature = field<std::string>(*whole, "signature")};
}

std::optional<LedgerEntry> parse_ledger_line(std::string_view line) {
  try {
    return ledger_entry(from_json(line));
  } catch (const Error&) {
    return {};
  }
}

Ledger::Lock::Lock(Ledger& ledger) : ledger_(ledger) {
  int result = 0;
  do result = ::flock(ledger_.file_.get(), LOCK_EX);
  while (result != 0 && errno == EINTR);
  if (result != 0) ledger_.fail("locked", errno);
  ledger_.locked_ = true;
}

Ledger::Lock::~Lock() {
  ledger_.locked_ = false;
  ::flock(ledger_.file_.get(), LOCK_UN);
}

Ledger::Ledger(std::string path, SigningKey key, LedgerPlace place)
    : path_(std::move(path)), key_(std::move(key)), place_(std::move(place)) {
  create_folders_of(path_);
  file_ = FileDescriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!file_) fail("opened", errno);
}

void Ledger::fail(const char* doing, int error) const {
  throw Error(Error::Code::unavailable, path_ + ": cannot be " + doing + ": " + system_words(error));
}

std::string Ledger::read_rest() const {
  struct stat status {};
  if (::fstat(file_.get(), &status) != 0) fail("read", errno);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size < place_.offset)
    throw Error(Error::Code::invalid, path_ +
                                          " is shorter than it was: somebody cut or replaced it; "
                                          "bring it back from the backup");
  std::string text(size - place_.offset, '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t count = ::pread(file_.get(), text.data() + have, text.size() - have,
                                  static_cast<off_t>(place_.offset + have));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", errno);
    if (count == 0) break;
    have += static_cast<std::size_t>(count);
  }
  text.resize(have);
  return text;
}

std::vector<LedgerEntry> Ledger::read_on() {
  const std::string text = read_rest();
  std::vector<LedgerEntry> entries;
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    std::optional<LedgerEntry> entry = parse_ledger_line(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (!entry) continue;
    place_.number = entry->number;
    place_.hash = entry->hash();
    entries.push_back(*std::move(entry));
  }
  place_.offset += begin;
  if (locked_ && begin != text.size() && ::ftruncate(file_.get(), static_cast<off_t>(place_.offset)) != 0)
    fail("repaired", errno);
  return entries;
}

std::vector<LedgerEntry> Ledger::next(std::vector<LedgerEntry> drafts) const {
  VCSR_ASSERT(locked_);
  std::uint64_t number = place_.number;
  std::string previous = place_.hash;
  for (LedgerEntry& entry : drafts) {
    entry.number = ++number;
    entry.previous = std::move(previous);
    entry.signature = key_.sign(entry.text());
    previous = entry.hash();
  }
  return drafts;
}

void Ledger::append(const std::vector<LedgerEntry>& entries) {
  VCSR_ASSERT(locked_ && entries.front().number == place_.number + 1);
  std::string lines;
  for (const LedgerEntry& entry : entries) lines += to_json(entry.document()) + "\n";
  const auto offset = static_cast<off_t>(place_.offset);
  const ssize_t count = ::pwrite(file_.get(), lines.data(), lines.size(), offset);
  int error = count < 0 ? errno : count != static_cast<ssize_t>(lines.size()) ? ENOSPC : 0;
  if (error == 0 && ::fdatasync(file_.get()) != 0) error = errno;
  if (error != 0) {
    [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), offset);
    fail("written", error);
  }
  place_ = {place_.offset + lines.size(), entries.back().number, entries.back().hash()};
}

}  // namespace vcsr::recording
