// SPDX-License-Identifier: Apache-2.0
#include "tools/explain.hpp"

#include <cstdio>

#include "tools/journal_source.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/queue_decisions.hpp"

namespace vcsr {

int explain_contact(const ExplainRequest& request) {
  QueueDecisions decisions(request.contact, request.language);
  read_whole_journal(request.path, [&decisions](const JournalEntry& entry) { decisions.apply(entry); });
  if (decisions.all().empty())
    throw Error(Error::Code::not_found, "contact '" + request.contact +
                                            "' never waited in a queue, says this journal; vcsr journal show "
                                            "--type contact.queued tells who did");
  for (const QueueDecision& decision : decisions.all())
    for (const std::string& line : decision.in_words(request.language)) std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  return succeeded;
}

}  // namespace vcsr
