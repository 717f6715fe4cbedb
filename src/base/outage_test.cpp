#include "base/outage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace base {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

struct OutageInTheLog : testing::Test {
  // What the log says of an attempt that fails, or works.
  std::string told_of_failure(std::string_view cause) {
    return captured([&] { outage.fails(cause, now); });
  }
  std::string told_of_success() {
    return captured([&] { outage.works(now); });
  }

  Outage outage{"the mill stands still", "the mill turns again"};
  Outage::Moment now = Outage::Moment() + 1h;

 private:
  template <class Attempt>
  std::string captured(Attempt attempt) {
    testing::internal::CaptureStderr();
    attempt();
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(OutageInTheLog, It_is_told_when_it_begins_each_minute_and_with_how_long_it_was_when_it_is_over) {
  EXPECT_THAT(told_of_failure("no wind"), HasSubstr("the mill stands still: no wind\n"));
  now += 59s;
  EXPECT_EQ(told_of_failure("no wind"), "");
  now += 1s;
  EXPECT_THAT(told_of_failure("no sails"), HasSubstr("the mill stands still: no sails\n"));
  now += 30s;
  EXPECT_EQ(told_of_failure("no sails"), "");
  EXPECT_THAT(told_of_success(), HasSubstr("the mill turns again, after 90 s\n"));
}

TEST_F(OutageInTheLog, What_works_is_told_once_and_only_after_an_outage) {
  EXPECT_EQ(told_of_success(), "");
  told_of_failure("no wind");
  EXPECT_NE(told_of_success(), "");
  EXPECT_EQ(told_of_success(), "");
  EXPECT_NE(told_of_failure("no wind"), "");
}

}  // namespace
}  // namespace base
