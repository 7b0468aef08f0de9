// SPDX-License-Identifier: Apache-2.0
#pragma once

#if defined(__GNUC__)
#define VCSR_EXPORT __attribute__((visibility("default")))
#else
#define VCSR_EXPORT
#endif
