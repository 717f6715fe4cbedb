// An export that lost or changed some of its bytes on the way, by every damage that a number can describe: the import comes to
// its end, accounts for what it took, leaves a site that is whole, and does nothing when it is run again (invariant 9).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "base/format.h"
#include "db/temporary_folder.h"
#include "desk/check_site.h"
#include "golden/imported_site.h"

namespace golden {
namespace {

std::string read_export() {
  std::ifstream file(BROADSHEET_SOURCE_DIR "/tests/golden/small.xml", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Damage {
 public:
  explicit Damage(unsigned number) : random_(number) {}

  std::string done_to(std::string bytes) {
    switch (below(4)) {
      case 0: return bytes.substr(0, below(bytes.size()));
      case 1: return bytes.erase(below(bytes.size()), 1 + below(300));
      case 2: return repeat_some(std::move(bytes));
      default: return change_some(std::move(bytes));
    }
  }

 private:
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

  std::string repeat_some(std::string bytes) {
    const std::string part = bytes.substr(below(bytes.size()), 1 + below(2000));
    return bytes.insert(below(bytes.size()), part);
  }

  std::string change_some(std::string bytes) {
    constexpr std::string_view nasty{"<>&]\0\x01\xff\"/%.", 11};
    for (std::size_t i = 0; i < 30; ++i) bytes[below(bytes.size())] = nasty[below(nasty.size())];
    return bytes;
  }

  std::mt19937 random_;
};

std::vector<std::string> problems_of(ImportedSite& site) {
  std::vector<std::string> problems;
  desk::check_site(site.site().desk(), site.site().folder() / "media",
                   [&](std::string found) { problems.push_back(std::move(found)); });
  return problems;
}

void import_damaged(const std::filesystem::path& file) {
  ImportedSite site;
  const bool is_taken = static_cast<bool>(site.import({file}));
  EXPECT_EQ(wrong_sums(site.report()), std::vector<std::string>());
  EXPECT_EQ(problems_of(site), std::vector<std::string>());
  const std::string before = site.site().database_digest();
  EXPECT_EQ(static_cast<bool>(site.import({file})), is_taken);
  for (const auto& [kind, count] : site.report().kinds()) EXPECT_EQ(count.imported, 0) << kind << " were imported again";
  EXPECT_EQ(site.site().database_digest(), before);
}

TEST(DamagedExport, Is_imported_as_far_as_it_goes_once) {
  const std::string whole = read_export();
  const db::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "export.xml";
  for (unsigned number = 1; number <= 30 && !testing::Test::HasFailure(); ++number) {
    SCOPED_TRACE(base::format("damage {}", number));
    std::ofstream(file, std::ios::binary) << Damage(number).done_to(whole);
    import_damaged(file);
  }
}

}  // namespace
}  // namespace golden
