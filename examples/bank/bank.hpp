// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vcsr/base/value.hpp>
#include <vcsr/center.hpp>
#include <vcsr/store/customer_store.hpp>

/// A bank's telephone service: language, PIN, balance, last transactions, rates, branch hours, and a
/// person at any time. The prompts it names are in examples/bank/prompts. Settings:
///   "folder"     where relative paths start
///   "database"   the bank's own SQLite file; made from "script" (or else bank.sql) when there is none
///   "rules"      the DMN file that says who is served first
///   "queue"      the name of the center's queue for those who want a person
///   "record"     true: the whole call is recorded, the PIN left out (optional)
///   "simulated"  true: the database is read on the loop, for virtual time (optional)
/// Throws vcsr::Error for settings and files that cannot be used. Center and loop outlive the dialogue.
vcsr::Dialogue make_bank(vcsr::Center& center, vcsr::Loop& loop, const vcsr::Facts& settings);

/// Tells a center's customer store whom the bank knows, once each. Settings as above; store and loop
/// outlive the task.
vcsr::Task<> introduce_bank_customers(vcsr::CustomerStore& store, vcsr::Loop& loop, vcsr::Facts settings);
