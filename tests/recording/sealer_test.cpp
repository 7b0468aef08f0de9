// SPDX-License-Identifier: Apache-2.0
#include "recording/sealer.hpp"

#include <doctest/doctest.h>
#include <sys/file.h>

#include "recording/manifest.hpp"
#include "temporary_archive.hpp"
#include "vcsr/recording/verify.hpp"

using namespace vcsr;
using namespace vcsr::recording;

namespace {

struct Sealing : TemporaryArchive {
  Vault vault{options()};
  Sealer sealer{vault, Log()};
};

}  // namespace

TEST_CASE("recordings that end together are links of one chain, each with its own manifest") {
  Sealing archive;

  CHECK(archive.sealer.seal({archive.make("r1"), archive.make("r2"), archive.make("r3")}, noon) == 3);

  CHECK(archive.vault.history("", 10).size() == 3);
  CHECK(archive.vault.find("r2")->facts.reason == "lost card");
  CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
}

TEST_CASE("a recording that is named twice is sealed once") {
  Sealing archive;
  const RecordingDescription twice = archive.make("r1");

  CHECK(archive.sealer.seal({twice, twice}, noon) == 1);
  CHECK(archive.sealer.seal({twice}, noon) == 0);

  CHECK(archive.vault.history("", 10).size() == 1);
}

TEST_CASE("a recording that is still written waits for the next time, those beside it do not") {
  Sealing archive;
  const RecordingDescription written = archive.make("r1");
  const FileDescriptor file(::open(written.file.c_str(), O_RDWR));
  REQUIRE(::flock(file.get(), LOCK_EX) == 0);

  CHECK(archive.sealer.seal({written, archive.make("r2")}, noon) == 1);
  CHECK_FALSE(archive.sealer.done());
  ::flock(file.get(), LOCK_UN);
  CHECK(archive.sealer.seal({}, noon) == 1);

  CHECK(archive.sealer.done());
  CHECK(archive.vault.find("r1"));
}

TEST_CASE("a recording whose manifest cannot be written does not keep back those beside it") {
  Sealing archive;
  const RecordingDescription odd = archive.make("r2");
  std::filesystem::create_directory(manifest_path(odd.file));

  CHECK(archive.sealer.seal({archive.make("r1"), odd, archive.make("r3")}, noon) == 2);
  CHECK_FALSE(archive.sealer.done());
  std::filesystem::remove(manifest_path(odd.file));
  CHECK(archive.sealer.seal({}, noon) == 1);

  CHECK(archive.sealer.done());
  CHECK(verify_recordings(archive.folder, archive.public_key()).faults.empty());
}
