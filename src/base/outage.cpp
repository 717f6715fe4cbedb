#include "base/outage.h"

#include "base/format.h"
#include "base/log.h"

namespace base {

void Outage::fails(std::string_view cause, Moment now) {
  if (since_ && now - told_ < std::chrono::minutes(1)) return;
  if (!since_) since_ = now;
  told_ = now;
  log::error(format("{}: {}", begin_, cause));
}

void Outage::works(Moment now) {
  if (!since_) return;
  log::info(format("{}, after {} s", end_, std::chrono::ceil<std::chrono::seconds>(now - *since_).count()));
  since_.reset();
}

}  // namespace base
