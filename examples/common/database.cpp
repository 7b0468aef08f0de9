// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace vcsr;

namespace {

void create(const std::string& file, const std::string& script) {
  std::ifstream input(script);
  std::stringstream sql;
  sql << input.rdbuf();
  if (!input)
    throw Error(Error::Code::not_found, "there is neither " + file + " nor " + script + " to make it from");
  std::filesystem::create_directories(std::filesystem::absolute(file).parent_path());
  const std::string unfinished = file + ".new";
  try {
    std::filesystem::remove(unfinished);
    SQLite::Database(unfinished, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql.str());
    std::filesystem::rename(unfinished, file);
  } catch (const SQLite::Exception& error) {
    throw Error(Error::Code::unavailable, "cannot make " + file + " from " + script + ": " + error.what());
  }
}

}  // namespace

Database::Database(Loop& loop, const Settings& settings, const std::string& script)
    : file_(settings.path(settings.text("database"))),
      worker_(loop, settings.flag("simulated") ? Worker::Mode::on_loop : Worker::Mode::thread) {
  if (!std::filesystem::exists(file_)) create(file_, settings.path(settings.text("script", script)));
}
