#include "import/thread_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "desk/test_site.h"

namespace import_ {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(AddressKeys, Are_those_an_address_may_be_known_under_the_surest_first) {
  EXPECT_THAT(address_keys("http://old.example.org:8080/2026/11/a-story/?utm=1#comments"), ElementsAre("/2026/11/a-story"));
  EXPECT_THAT(address_keys("/a%20story/"), ElementsAre("/a story"));
  EXPECT_THAT(address_keys("https://example.org/?p=12"), ElementsAre("?p=12", "/"));
  EXPECT_THAT(address_keys("https://example.org/blog/index.php?page_id=7"),
              ElementsAre("?page_id=7", "/blog/index.php", "/blog"));
  EXPECT_THAT(address_keys("https://example.org/a/comment-page-3/#c"), ElementsAre("/a/comment-page-3", "/a"));
  EXPECT_THAT(address_keys("https://example.org/a/amp"), ElementsAre("/a/amp", "/a"));
  // "p" is a page of the story here, not a story.
  EXPECT_THAT(address_keys("https://example.org/a/?p=2"), ElementsAre("/a"));
  EXPECT_THAT(address_keys("a-story"), ElementsAre("/a-story"));
  EXPECT_THAT(address_keys("javascript:alert(1)"), IsEmpty());
  EXPECT_THAT(address_keys(""), IsEmpty());
}

class ThreadMatchTest : public testing::Test {
 protected:
  ThreadMatchTest() {
    article_ = *desk::publish_article(
        site_.desk(), {.headline = "A story", .standfirst = {}, .body = "Words.", .published = site_.clock.now()});
  }
  base::Result<void> load(ThreadMatch& match, const std::string& lines) {
    const std::filesystem::path file = site_.folder() / "map.txt";
    std::ofstream(file) << lines;
    return match.load_map(file);
  }
  static ThreadRecord thread(const std::string& link, const std::string& identifier = {}) {
    return {.id = "1", .link = link, .identifier = identifier};
  }

  desk::TestSite site_;
  db::Scratch scratch_;
  desk::PublishedArticle article_;
};

TEST_F(ThreadMatchTest, The_path_decides_and_the_host_does_not_unless_hosts_are_named) {
  const ThreadMatch anywhere(site_.desk(), scratch_, {});
  EXPECT_EQ(anywhere.match(thread("https://elsewhere.example" + article_.address)).article, article_.id);
  const ThreadMatch here(site_.desk(), scratch_, {"example.org"});
  EXPECT_EQ(here.match(thread("https://example.org" + article_.address)).article, article_.id);
  EXPECT_EQ(here.match(thread(article_.address)).article, article_.id);
  EXPECT_EQ(here.match(thread("https://elsewhere.example" + article_.address)).why_not,
            "https://elsewhere.example" + article_.address + " is on none of the hosts that --host names");
}

TEST_F(ThreadMatchTest, A_second_address_leads_to_the_article_too) {
  ASSERT_TRUE(desk::take_in(site_.desk(), [&](desk::Intake& intake) -> base::Result<void> {
    intake.alias("/old/story", article_.address);
    return {};
  }));
  EXPECT_EQ(ThreadMatch(site_.desk(), scratch_, {}).match(thread("https://example.org/old/story.html/../story/")).article,
            article_.id);
}

TEST_F(ThreadMatchTest, What_is_not_found_says_so_and_what_may_be_meant) {
  const ThreadMatch match(site_.desk(), scratch_, {});
  EXPECT_EQ(match.match(thread("https://example.org/2011/a-story/")).why_not,
            "there is no article at https://example.org/2011/a-story/; if " + article_.address + " is meant, say so with --map");
  EXPECT_EQ(match.match(thread("https://example.org/lost/")).why_not, "there is no article at https://example.org/lost/");
  EXPECT_EQ(match.match(thread("")).why_not, "it has no address");
  EXPECT_EQ(match.match(thread("javascript:alert(1)")).why_not, "\"javascript:alert(1)\" is no address");
}

TEST_F(ThreadMatchTest, The_operators_map_comes_first_and_holds_whole_addresses_paths_and_names) {
  ThreadMatch match(site_.desk(), scratch_, {"example.org"});
  ASSERT_TRUE(load(match, "# moved in 2019\n\nhttps://old.example.org/x?id=7\t" + article_.address + "\r\n/y/\t" +
                              article_.address + "\nthe story\thttps://example.org" + article_.address + "\n"));
  EXPECT_EQ(match.match(thread("https://old.example.org/x?id=7")).article, article_.id);
  EXPECT_EQ(match.match(thread("https://old.example.org/y")).article, article_.id);
  EXPECT_EQ(match.match(thread("the story")).article, article_.id);
}

TEST_F(ThreadMatchTest, A_map_with_a_bad_line_is_refused_by_its_number) {
  ThreadMatch match(site_.desk(), scratch_, {});
  EXPECT_THAT(load(match, "/a\t" + article_.address + "\n/b " + article_.address).error().key,
              testing::EndsWith("map.txt, line 2: a line has an old address, a tab and the new address."));
  EXPECT_THAT(load(match, "/a\t\t").error().key,
              testing::EndsWith("line 1: a line has an old address, a tab and the new address."));
  EXPECT_THAT(load(match, "/a\t/nowhere/").error().key, testing::EndsWith("line 1: there is no article at /nowhere/."));
  EXPECT_EQ(match.load_map(site_.folder() / "nothing").error().code, base::Errc::not_found);
}

}  // namespace
}  // namespace import_
