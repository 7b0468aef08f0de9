// SPDX-License-Identifier: Apache-2.0
#include "tools/recording_access.hpp"

#include <utility>

#include "app/config.hpp"
#include "tools/recording_folder.hpp"
#include "tools/run_to_end.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/recording/archive.hpp"

namespace vcsr {

namespace {

Task<int> admit(Archive& archive, std::string id, User user, Right right) {
  Task<std::optional<ArchivedRecording>> finding = archive.find(id);
  const std::optional<ArchivedRecording> found = co_await std::move(finding);
  std::optional<Denied> denied;
  try {
    require_right(user, right, found ? &found->facts : nullptr);
  } catch (const Denied& error) {
    denied = error;
  }
  if (!denied) co_return succeeded;
  Task<> telling = archive.deny(denied->recording(), to_string(right), user.name);
  co_await std::move(telling);
  throw Denied(*denied);
}

}  // namespace

RecordingRequest admitted(RecordingRequest request, Right right) {
  if (request.config.empty()) return request;
  const Config config = load_config(request.config);
  if (config.users.empty()) return request;
  request.user = user_with_token(config.users, request.token);
  if (!request.user)
    throw Error(Error::Code::refused, request.config + ": has users; give the token of one in VCSR_TOKEN");
  request.by = request.user->name;
  AsioLoop loop;
  Archive archive(loop, archive_options(request));
  run_to_end(loop, admit(archive, request.id, *request.user, right));
  return request;
}

}  // namespace vcsr
