// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include <spandsp.h>

#include "vcsr/media/dtmf.hpp"

namespace vcsr {

class DtmfDetector::Impl {
 public:
  Impl() : state_(dtmf_rx_init(nullptr, &Impl::on_digits, this)) {}
  ~Impl() { dtmf_rx_free(state_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::string feed(std::span<const std::int16_t> samples) {
    dtmf_rx(state_, samples.data(), static_cast<int>(samples.size()));
    return std::exchange(found_, {});
  }

 private:
  static void on_digits(void* self, const char* digits, int count) {
    static_cast<Impl*>(self)->found_.append(digits, static_cast<std::size_t>(count));
  }

  std::string found_;
  dtmf_rx_state_t* state_;
};

DtmfDetector::DtmfDetector() : impl_(std::make_unique<Impl>()) {}
DtmfDetector::~DtmfDetector() = default;
DtmfDetector::DtmfDetector(DtmfDetector&&) noexcept = default;
DtmfDetector& DtmfDetector::operator=(DtmfDetector&&) noexcept = default;

std::string DtmfDetector::feed(std::span<const std::int16_t> samples) { return impl_->feed(samples); }

}  // namespace vcsr
