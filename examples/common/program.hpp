// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <vcsr/vcsr.hpp>

/// What a center's program stands on: a loop, journal and customers in files of one folder, prompts, a
/// voice, and the center itself.
class Program {
 public:
  /// `folder` holds the program's prompts, `data` is made where it is missing. Throws vcsr::Error for
  /// files that cannot be used.
  Program(const std::string& folder, const std::string& data);

  /// Opens the center with what was left from the last run settled, then serves until a signal asks it to
  /// stop. Throws what `open` throws.
  void run(std::function<vcsr::Task<>()> open);

 private:
  vcsr::Task<> begin(std::function<vcsr::Task<>()> open);
  vcsr::Task<> end();

 public:
  vcsr::AsioLoop loop;
  const vcsr::Log log{loop, {}};
  const std::unique_ptr<vcsr::Journal> journal;
  const std::unique_ptr<vcsr::CustomerStore> customers;
  vcsr::PromptCatalog prompts;
  vcsr::Voice voice;
  vcsr::Center center;
};

/// The main function of a program that is called as NAME [PROGRAM_FOLDER [DATA_FOLDER]].
int run_program(int argc, char** argv, const std::string& name,
                const std::function<void(const std::string& folder, const std::string& data)>& run);
