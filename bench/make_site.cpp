// Fills a new site folder with a large, invented paper through desk, as an import would, so that no rule, count, list or search
// index is skipped. The same arguments give the same site but for its sealed emails (their key and nonces are random). One
// article, the newest but one, gets a twentieth of all comments in threads twelve deep; its address is printed last.
//
//   make_site DIR ARTICLES COMMENTS [SEED]        DIR was made by `broadsheet init`
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/secrets.h"
#include "db/database.h"
#include "desk/intake.h"
#include "prose.h"
#include "text/escape.h"
#include "text/markdown.h"

namespace {

using bench::Prose;

constexpr std::int64_t newest = 1'790'000'000;  // 21 September 2026
constexpr std::int64_t first = 1'420'070'400;   // the beginning of 2015
constexpr int deepest = 12;
constexpr std::size_t articles_a_batch = 500;
constexpr std::size_t comments_a_batch = 10'000;

struct Plan {
  std::size_t articles;
  std::size_t comments;
  std::uint64_t seed;
  std::size_t deep() const { return comments / 20; }                       // comments of the one article
  std::size_t crowded() const { return articles > 1 ? articles - 2 : 0; }  // that article
};

// What the site is filed under.
struct Filing {
  std::vector<news::SectionId> sections;
  std::vector<news::TagId> tags;
  std::vector<news::AuthorId> authors;
};

// An object that goes in with the next batch, made beforehand by another thread than the one that writes.
struct MadeComment {
  std::size_t article = 0;
  std::size_t parent = 0;  // its number among the comments of this article, counted from 1; 0: none
  desk::ForeignComment comment;
};

void bring(const desk::Desk& desk, const std::function<base::Result<void>(desk::Intake&)>& work) {
  if (const base::Result<void> taken = desk::take_in(desk, work); !taken) throw std::runtime_error(taken.error().key);
}

std::string numbered(std::string text, std::size_t number) { return text + " " + std::to_string(number); }

Filing make_filing(const desk::Desk& desk, const Plan& plan) {
  Prose prose(plan.seed + 1);
  Filing filing;
  bring(desk, [&](desk::Intake& intake) -> base::Result<void> {
    for (std::size_t i = 0; i < 12; ++i) filing.sections.push_back(intake.section_named(numbered("Section", i + 1)));
    const std::size_t tags = std::min<std::size_t>(500, 20 + plan.articles / 20);
    for (std::size_t i = 0; i < tags; ++i) filing.tags.push_back(intake.tag_named(numbered(prose.word(), i + 1)));
    for (std::size_t i = 0; i < 40; ++i) filing.authors.push_back(intake.author_named(prose.name()));
    return {};
  });
  return filing;
}

news::NewArticle make_article(Prose& prose, const Filing& filing, const Plan& plan, std::size_t number) {
  news::NewArticle article;
  article.headline = prose.headline();
  article.slug = bench::slug_of(article.headline) + "-" + std::to_string(number + 1);
  article.standfirst = text::escape(prose.sentence());
  article.source = prose.article(prose.dice.length(300));
  article.body = text::render_markdown(article.source,
                                       {.trust = text::Trust::article, .image_hosts = {}, .own_origin = {}, .id_prefix = "a-"});
  const auto step = static_cast<std::int64_t>(number + 1) * (newest - first) / static_cast<std::int64_t>(plan.articles);
  article.published = base::from_unix(first + step);
  article.updated = article.published;
  article.authors = {filing.authors[prose.dice.skewed(filing.authors.size())]};
  article.sections = {filing.sections[prose.dice.below(filing.sections.size())]};
  for (std::size_t i = prose.dice.below(4); i > 0; --i) {
    const news::TagId tag = filing.tags[prose.dice.skewed(filing.tags.size())];
    if (std::find(article.tags.begin(), article.tags.end(), tag) == article.tags.end()) article.tags.push_back(tag);
  }
  return article;
}

// Runs `write` on each batch while the next one is being made.
template <class Make, class Write>
void in_batches(std::size_t total, std::size_t size, const char* what, Make&& make, Write&& write) {
  const auto begin = [&](std::size_t from) {
    return std::async(std::launch::async, [&make, from, count = std::min(size, total - from)] { return make(from, count); });
  };
  if (total == 0) return;
  auto next = begin(0);
  for (std::size_t from = 0; from < total; from += size) {
    auto batch = next.get();
    if (from + size < total) next = begin(from + size);
    write(std::move(batch));
    if (::isatty(2)) std::fprintf(stderr, "\r%zu of %zu %s", std::min(from + size, total), total, what);
  }
  if (::isatty(2)) std::fprintf(stderr, "\r%60s\r", "");
}

std::vector<news::ArticleId> make_articles(const desk::Desk& desk, const Plan& plan, const Filing& filing) {
  std::vector<news::ArticleId> ids;
  Prose prose(plan.seed + 2);
  in_batches(
      plan.articles, articles_a_batch, "articles",
      [&](std::size_t from, std::size_t count) {
        std::vector<news::NewArticle> made;
        for (std::size_t i = 0; i < count; ++i) made.push_back(make_article(prose, filing, plan, from + i));
        return made;
      },
      [&](std::vector<news::NewArticle> made) {
        bring(desk, [&](desk::Intake& intake) -> base::Result<void> {
          for (news::NewArticle& article : made) ids.push_back(TRY(intake.add_article(std::move(article))));
          return {};
        });
      });
  return ids;
}

// How many comments each article gets: most few, some very many. Sums up to the plan.
std::vector<std::size_t> spread(const Plan& plan) {
  bench::Dice dice(plan.seed + 3);
  std::vector<std::size_t> counts(plan.articles);
  for (std::size_t left = plan.comments - plan.deep(); left > 0; --left) {
    // The newest articles are talked about most, and among a hundred neighbours one or two get nearly all of it.
    const std::size_t hundred = dice.below((plan.articles + 99) / 100);
    const std::size_t within = hundred * 100 + (hundred * 37 + dice.skewed(100)) % 100;
    ++counts[plan.articles - 1 - within % plan.articles];
  }
  counts[plan.crowded()] += plan.deep();
  return counts;
}

// Makes comments one article after the other, each article's in the order of time.
class CommentMaker {
 public:
  CommentMaker(const Plan& plan, std::vector<std::size_t> counts, const std::vector<news::ArticleId>& ids)
      : plan_(plan), counts_(std::move(counts)), ids_(ids), prose_(plan.seed + 4) {}

  std::vector<MadeComment> make(std::size_t count) {
    std::vector<MadeComment> made;
    for (; count > 0; --count) made.push_back(make_one());
    return made;
  }

 private:
  // In the crowded article chains of twelve; elsewhere an answer to one of the last few, or a thread of its own.
  std::size_t choose_parent() {
    if (article_ == plan_.crowded()) return written_ % deepest == 0 ? 0 : written_;
    if (written_ == 0 || prose_.dice.chance(0.55)) return 0;
    return written_ - prose_.dice.below(std::min<std::size_t>(written_, 8));
  }

  MadeComment make_one() {
    while (written_ == counts_[article_]) {
      ++article_;
      written_ = 0;
    }
    const std::size_t reader = prose_.dice.skewed(plan_.comments / 8 + 1);
    MadeComment made;
    made.article = article_;
    made.parent = choose_parent();
    news::NewComment& comment = made.comment.comment;
    comment.article = ids_[article_];
    comment.author = "Reader " + std::to_string(reader + 1);
    comment.source = prose_.comment();
    comment.body = text::render_markdown(comment.source,
                                         {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = "c-"});
    const std::int64_t published =
        first + static_cast<std::int64_t>(article_ + 1) * (newest - first) / static_cast<std::int64_t>(plan_.articles);
    comment.created = base::from_unix(published + 60 + static_cast<std::int64_t>(written_) * 7);
    comment.verdict = {news::CommentStatus::published, "import"};
    const auto votes = [&](std::size_t most) { return static_cast<int>(prose_.dice.skewed(most)); };
    made.comment.votes = {.up = votes(40), .down = votes(10)};
    made.comment.email = "reader" + std::to_string(reader + 1) + "@example.org";
    ++written_;
    return made;
  }

  const Plan plan_;
  const std::vector<std::size_t> counts_;
  const std::vector<news::ArticleId>& ids_;
  Prose prose_;
  std::size_t article_ = 0;
  std::size_t written_ = 0;
};

void make_comments(const desk::Desk& desk, const Plan& plan, const std::vector<news::ArticleId>& ids) {
  CommentMaker maker(plan, spread(plan), ids);
  std::size_t article = 0;
  std::vector<news::CommentId> of_article;
  in_batches(
      plan.comments, comments_a_batch, "comments", [&](std::size_t, std::size_t count) { return maker.make(count); },
      [&](std::vector<MadeComment> made) {
        bring(desk, [&](desk::Intake& intake) -> base::Result<void> {
          for (MadeComment& one : made) {
            if (one.article != article) of_article.clear();
            article = one.article;
            if (one.parent > 0) one.comment.comment.parent = of_article[one.parent - 1];
            of_article.push_back(TRY(intake.add_comment(std::move(one.comment))));
          }
          return {};
        });
      });
}

std::string address_of(const desk::Desk& desk, news::ArticleId id) {
  std::string address;
  bring(desk, [&](desk::Intake& intake) -> base::Result<void> {
    address = intake.find_article(id)->address;
    return {};
  });
  return address;
}

void run(const std::string& folder, const Plan& plan) {
  base::Result<base::Secrets> secrets = base::Secrets::load(folder + "/secrets/site.key");
  if (!secrets) throw std::runtime_error(secrets.error().key);
  auto database = db::Database::open({.file = folder + "/broadsheet.db", .readers = 1});
  if (!database) throw std::runtime_error(database.error().key);
  const base::SystemClock clock;
  news::SiteSettings settings;
  settings.max_comment_depth = deepest;
  const text::TimeZone zone = text::TimeZone::utc();
  const desk::Desk desk{**database, clock, *secrets, settings, zone};
  const std::vector<news::ArticleId> ids = make_articles(desk, plan, make_filing(desk, plan));
  make_comments(desk, plan, ids);
  std::printf("%s\n", address_of(desk, ids[plan.crowded()]).c_str());
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 4) {
    std::fputs("usage: make_site DIR ARTICLES COMMENTS [SEED]\n", stderr);
    return 2;
  }
  const Plan plan{std::stoul(arguments[2]), std::stoul(arguments[3]), count > 4 ? std::stoul(arguments[4]) : 1};
  if (plan.articles == 0) throw std::invalid_argument("at least one article");
  run(arguments[1], plan);
} catch (const std::exception& error) {
  std::fprintf(stderr, "make_site: %s\n", error.what());
  return 1;
}
