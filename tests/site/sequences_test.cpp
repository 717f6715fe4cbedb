// Any sequence of posts, edits, deletions, votes, reports, verdicts and restarts: the public sees those texts, and only those,
// that a rule or a person published (invariants 6 and 10), nothing that was acknowledged is lost (invariant 1), and a thread
// keeps its order. Every text is one word that stands nowhere else, so that what a page shows can be counted. A run is a number;
// a failure names it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <random>
#include <regex>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "desk/own_comment.h"
#include "desk/report_comment.h"
#include "desk/vote_comment.h"
#include "site/test_site.h"
#include "store/integrity.h"

namespace site {
namespace {

using desk::operator_at_the_command_line;
using news::CommentStatus;

// What is known of a comment from the answers alone.
struct Known {
  news::CommentId id;
  news::CommentId parent;
  base::Time created{};
  desk::CommentForm form;
  desk::Actor author{};
  std::string posted, reader;        // what its author was given
  std::map<int, std::string> texts;  // by version
  int shown = 1;                     // the version that stands in the row
  int waiting = 0;                   // the edit that waits
  CommentStatus status = CommentStatus::held;
  int newest() const { return texts.rbegin()->first; }
};

struct Story {
  Story(news::Moderation moderation, unsigned seed) : random(seed), site(settings_for(moderation)) {
    article = site.publish("The ferry stays in port");
  }

  static news::SiteSettings settings_for(news::Moderation moderation) {
    news::SiteSettings settings = plain_settings();
    settings.moderation = moderation;
    return settings;
  }

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); }
  std::string new_text() { return base::format("word{}end", ++words); }
  Known& any() { return comments[below(comments.size())]; }
  const desk::Desk& desk() { return site.desk(); }
  desk::Actor actor_of(const Known& comment) {
    if (below(2) == 0) return {};
    return {.reader = desk::reader_of_token(desk(), comment.reader)};
  }

  base::Result<desk::PostedComment> send(const desk::CommentForm& form, const desk::Actor& actor) {
    std::promise<base::Result<desk::PostedComment>> promise;
    desk::post_comment(desk(), actor, form,
                       [&](base::Result<desk::PostedComment> result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }

  void post() {
    const std::size_t person = below(4);
    desk::CommentForm form{.article = article.id,
                           .parent = {},
                           .name = base::format("Person {}", person),
                           .email = base::format("person{}@example.org", person),
                           .website = {},
                           .comment = new_text()};
    desk::Actor actor;
    if (!comments.empty()) {
      const Known& other = any();
      if (below(3) != 0 && other.status == CommentStatus::published) form.parent = other.id;
      if (other.form.name == form.name) actor = actor_of(other);
    }
    const auto posted = send(form, actor);
    ASSERT_TRUE(posted) << posted.error().key;
    comments.push_back({.id = posted->id,
                        .parent = form.parent,
                        .created = site.clock().now(),
                        .form = form,
                        .author = actor,
                        .posted = posted->capability,
                        .reader = posted->reader_token,
                        .texts = {{1, form.comment}},
                        .status = posted->verdict.status});
  }

  void post_again() {
    const Known& comment = any();
    const bool means_it =
        comment.status == CommentStatus::deleted || site.clock().now() - comment.created > std::chrono::hours(23);
    if (means_it || comment.parent) return;
    const auto posted = send(comment.form, comment.author);
    ASSERT_TRUE(posted);
    EXPECT_EQ(posted->id, comment.id) << "a retry made another comment";
  }

  void edit() {
    Known& comment = any();
    const auto own = desk::read_own_comment(desk(), comment.posted);
    if (!own || own->edit.empty()) return;
    const std::string text = new_text();
    const auto edited = desk::edit_comment(desk(), actor_of(comment), own->edit, text);
    ASSERT_TRUE(edited) << edited.error().key;
    const int version = comment.newest() + 1;
    comment.texts[version] = text;
    const bool passes = edited->verdict.status == CommentStatus::published;
    EXPECT_TRUE(!passes || comment.status == CommentStatus::published) << "an edit released what was held";
    const bool waits = comment.status == CommentStatus::published && !passes;
    if (!waits) comment.shown = version;
    comment.waiting = waits ? version : 0;
  }

  void remove() {
    Known& comment = any();
    const auto own = desk::read_own_comment(desk(), comment.posted);
    if (!own || own->remove.empty()) return;
    ASSERT_TRUE(desk::delete_comment(desk(), own->remove));
    comment.status = CommentStatus::deleted;
    comment.waiting = 0;
  }

  // As somebody who read the newest text, or by mistake an older one.
  void publish() {
    Known& comment = any();
    const int seen = below(4) == 0 ? 1 : comment.newest();
    const auto done =
        desk::publish_comments(desk(), operator_at_the_command_line, {{comment.id, comment.newest() == 1 ? 0 : seen}});
    if (comment.status == CommentStatus::deleted) {
      EXPECT_FALSE(done) << "what its author deleted was published";
      return;
    }
    if (!done) return;
    comment.status = CommentStatus::published;
    if (seen == comment.waiting) {
      comment.shown = seen;
      comment.waiting = 0;
    }
    EXPECT_EQ(seen, comment.shown) << "a text was published that nobody read";
  }

  void take_back() {
    Known& comment = any();
    constexpr CommentStatus verdicts[] = {CommentStatus::held, CommentStatus::spam, CommentStatus::rejected};
    const CommentStatus verdict = verdicts[below(std::size(verdicts))];
    if (desk::moderate_comments(desk(), operator_at_the_command_line, {comment.id}, verdict)) comment.status = verdict;
  }

  void refuse() {
    Known& comment = any();
    if (desk::refuse_edit(desk(), operator_at_the_command_line, {comment.id, 0})) comment.waiting = 0;
  }

  void vote_and_report() {
    const desk::Voter voter{static_cast<std::int64_t>(1 + below(5)), {}};
    static_cast<void>(desk::vote_comment(desk(), {}, voter, any().id, below(2) == 0 ? desk::Vote::up : desk::Vote::down));
    static_cast<void>(desk::report_comment(desk(), voter, {any().id, "abuse", ""}));
  }

  void step() {
    if (comments.empty()) return post();
    switch (below(14)) {
      case 0:
      case 1:
      case 2:
      case 3: return post();
      case 4:
      case 5: return edit();
      case 6: return remove();
      case 7:
      case 8: return publish();
      case 9: return take_back();
      case 10: return refuse();
      case 11: return vote_and_report();
      case 12: return post_again();
      default: break;
    }
    site.clock().advance(std::chrono::minutes(1 + below(9)));
    if (below(3) == 0) site.restart();
  }

  std::vector<std::string> words_on(const std::string& page) {
    static const std::regex word("word[0-9]+end");
    std::vector<std::string> found;
    for (std::sregex_iterator at(page.begin(), page.end(), word), end; at != end; ++at) found.push_back(at->str());
    return found;
  }

  // A comment before its replies, siblings in the order of time.
  void add_below(news::CommentId parent, std::vector<std::string>& texts) {
    for (const Known& comment : comments) {
      if (comment.parent != parent) continue;
      if (comment.status == CommentStatus::published) texts.push_back(comment.texts.at(comment.shown));
      add_below(comment.id, texts);
    }
  }

  void check() {
    std::vector<std::string> expected;
    add_below({}, expected);
    EXPECT_EQ(words_on(site.get(article.address).body), expected);
    for (const std::string& word : words_on(site.get("/").body))
      EXPECT_THAT(expected, testing::Contains(word)) << "on the front page";
  }

  // Nothing that was acknowledged is lost, shown or not.
  void check_versions() {
    for (const Known& comment : comments) {
      const auto versions = desk::list_versions(desk(), operator_at_the_command_line, comment.id);
      ASSERT_TRUE(versions) << "comment " << comment.id.value << " is lost";
      for (const news::CommentVersion& version : *versions) EXPECT_EQ(version.source, comment.texts.at(version.number));
      EXPECT_EQ(versions->size(), comment.texts.size());
    }
    db::Reading reading = site.database().read();
    store::check_integrity(reading.connection(), store::Thoroughness::quick,
                           {[](const std::string& found) { ADD_FAILURE() << found; }, {}});
  }

  std::mt19937 random;
  TestSite site;
  desk::PublishedArticle article;
  std::vector<Known> comments;
  int words = 0;
};

class Sequences : public testing::TestWithParam<news::Moderation> {};

TEST_P(Sequences, Show_only_what_was_published_lose_nothing_and_keep_the_order) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(base::format("run {}", seed));
    Story story(GetParam(), seed);
    for (int i = 0; i < 60 && !HasFailure(); ++i) {
      SCOPED_TRACE(base::format("step {}", i));
      story.step();
      story.check();
    }
    story.check_versions();
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Moderation, Sequences,
                         testing::Values(news::Moderation::none, news::Moderation::first, news::Moderation::all));

}  // namespace
}  // namespace site
