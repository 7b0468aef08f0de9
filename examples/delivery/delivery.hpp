// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vcsr/base/value.hpp>
#include <vcsr/center.hpp>

/// Where is my shipment? The caller enters the number of an air waybill and hears how far it has come; a
/// number that is doubtful twice goes to a person, who sees what was entered. The prompts it names are
/// in examples/delivery/prompts. Settings:
///   "folder"     where relative paths start
///   "database"   the carrier's own SQLite file; made from "script" (or else delivery.sql) when there is none
///   "queue"      the name of the center's queue for those who want a person
///   "simulated"  true: the database is read on the loop, for virtual time (optional)
/// Throws vcsr::Error for settings and files that cannot be used. Center and loop outlive the dialogue.
vcsr::Dialogue make_delivery(vcsr::Center& center, vcsr::Loop& loop, const vcsr::Facts& settings);
