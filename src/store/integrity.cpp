// Each check is a query that gives one row for each thing that is wrong, and a sentence for such a row. Sentences name ids and
// addresses, never what readers wrote or who they are (invariant 3).
#include "store/integrity.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <vector>

#include "base/format.h"
#include "store/rows.h"
#include "store/thread_path.h"

namespace store {
namespace {

using Found = std::function<void(std::string)>;

// `sentence` has a {} for each of the first columns that it names.
struct Check {
  std::string_view sql;
  std::string_view sentence;
  int columns;
};

constexpr std::array checks{
    Check{"SELECT a.id FROM articles a LEFT JOIN threads t ON t.article_id = a.id WHERE t.article_id IS NULL",
          "Article {} has no counts of its comments.", 1},
    Check{"SELECT t.article_id, t.comment_count, count(c.id) FROM threads t "
          "LEFT JOIN comments c ON c.article_id = t.article_id AND c.status = 0 GROUP BY t.article_id HAVING t.comment_count <> "
          "count(c.id)",
          "Article {} says it has {} comments, but {} are published.", 3},
    Check{"SELECT t.article_id, t.shown_roots, count(c.id) FROM threads t "
          "LEFT JOIN comments c ON c.article_id = t.article_id AND c.depth = 0 AND c.shown = 1 "
          "GROUP BY t.article_id HAVING t.shown_roots <> count(c.id)",
          "Article {} says it shows {} top-level comments, but there are {}.", 3},
    Check{"SELECT t.article_id, t.shown_roots, coalesce(sum(b.roots), 0) FROM threads t "
          "LEFT JOIN thread_blocks b ON b.article_id = t.article_id "
          "GROUP BY t.article_id HAVING t.shown_roots <> coalesce(sum(b.roots), 0)",
          "Article {} says it shows {} top-level comments, but its blocks hold {}.", 3},
    Check{"SELECT article_id, hex(first_path), roots, there FROM (SELECT b.article_id, b.first_path, b.roots, "
          "(SELECT count(*) FROM comments c WHERE c.article_id = b.article_id AND c.depth = 0 AND c.shown = 1 "
          "AND c.thread_path >= b.first_path AND c.thread_path < coalesce((SELECT min(n.first_path) FROM thread_blocks n "
          "WHERE n.article_id = b.article_id AND n.first_path > b.first_path), x'ffffffffffffffffffffff')) AS there "
          "FROM thread_blocks b) WHERE roots <> there",
          "Article {} says of the block from '{}' that it holds {} top-level comments, but there are {}.", 4},
    Check{"SELECT t.article_id FROM threads t LEFT JOIN comments c ON c.article_id = t.article_id AND c.status = 0 "
          "GROUP BY t.article_id HAVING t.last_comment <> coalesce(max(c.created), 0)",
          "Article {} has a wrong time of its latest comment.", 1},
    Check{"SELECT max(c.id), n.value FROM comments c JOIN counters n ON n.name = 'comments' GROUP BY n.value HAVING max(c.id) > "
          "n.value",
          "The newest comment is number {}, but only {} were counted.", 2},
    Check{"SELECT c.kind, c.owner_id, c.count, count(e.article_id) FROM list_counts c "
          "LEFT JOIN list_entries e ON e.kind = c.kind AND e.owner_id = c.owner_id "
          "GROUP BY c.kind, c.owner_id HAVING c.count <> count(e.article_id)",
          "List {}/{} says it has {} articles, but holds {}.", 4},
    Check{"SELECT DISTINCT e.kind, e.owner_id FROM list_entries e LEFT JOIN list_counts c ON c.kind = e.kind AND c.owner_id = "
          "e.owner_id "
          "WHERE c.kind IS NULL",
          "List {}/{} holds articles, but was never counted.", 2},
    Check{"SELECT e.kind, e.owner_id, e.article_id FROM list_entries e LEFT JOIN articles a "
          "ON a.id = e.article_id AND a.kind = 0 AND a.status IN (2, 4) AND a.published = e.published WHERE a.id IS NULL",
          "List {}/{} holds article {}, which is not there, not published, or of another time.", 3},
    Check{"SELECT path, kind, object_id FROM addresses d WHERE "
          "(kind = 0 AND object_id NOT IN (SELECT id FROM articles)) OR (kind = 1 AND object_id NOT IN (SELECT id FROM "
          "sections)) OR "
          "(kind = 2 AND object_id NOT IN (SELECT id FROM tags)) OR (kind = 3 AND object_id NOT IN (SELECT id FROM authors)) OR "
          "(kind = 4 AND object_id NOT IN (SELECT id FROM media)) OR (kind = 5 AND target = '')",
          "The address {} leads nowhere (kind {}, object {}).", 3},
    Check{"SELECT a.id, a.revision FROM articles a LEFT JOIN revisions r ON r.article_id = a.id AND r.number = a.revision "
          "WHERE r.article_id IS NULL",
          "Article {} lacks its present revision, number {}.", 2},
    Check{"SELECT a.id FROM articles a WHERE a.status IN (2, 4) AND a.id NOT IN (SELECT rowid FROM article_search)",
          "Article {} is published, but search does not know it.", 1},
    Check{"SELECT s.rowid FROM article_search s LEFT JOIN articles a ON a.id = s.rowid AND a.status IN (2, 4) WHERE a.id IS NULL",
          "Search knows article {}, which is not published.", 1},
    Check{"SELECT s.id, s.parent_id FROM sections s LEFT JOIN sections p ON p.id = s.parent_id WHERE s.parent_id <> 0 AND p.id "
          "IS NULL",
          "Section {} stands below section {}, which is not there.", 2},
    Check{"SELECT a.id, a.parent_id FROM articles a LEFT JOIN articles p ON p.id = a.parent_id WHERE a.parent_id <> 0 AND p.id "
          "IS NULL",
          "Page {} stands below page {}, which is not there.", 2},
    Check{"SELECT a.id, a.lead_media_id FROM articles a LEFT JOIN media m ON m.id = a.lead_media_id "
          "WHERE a.lead_media_id <> 0 AND m.id IS NULL",
          "Article {} has the lead picture {}, which is not there.", 2},
};

void run_check(db::Connection& connection, const Check& check, const Found& found) {
  db::Query rows = connection.query(check.sql);
  while (rows.next()) {
    std::string sentence(check.sentence);
    for (int column = 0; column < check.columns; ++column) {
      sentence.replace(sentence.find("{}"), 2, rows.text(column));
    }
    found(std::move(sentence));
  }
}

void check_file(db::Connection& connection, Thoroughness thoroughness, const Found& found) {
  const bool is_quick = thoroughness == Thoroughness::quick;
  db::Query rows = connection.query(is_quick ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)");
  while (rows.next()) {
    if (rows.text(0) != "ok") found(base::format("SQLite finds the database file damaged: {}. Restore a backup.", rows.text(0)));
  }
}

// Which lists each article should stand in, against those in which it does. The same rule as in listing.cpp, said once more in
// another way. Sections are few, so their ancestors may be laid out; everything else is looked up row by row.
constexpr std::string_view missing_entries =
    "WITH RECURSIVE above (section_id, owner_id) AS (SELECT id, id FROM sections "
    "UNION SELECT a.section_id, s.parent_id FROM above a JOIN sections s ON s.id = a.owner_id WHERE s.parent_id <> 0), "
    "wanted (kind, owner_id, article_id) AS (SELECT 0, 0, id FROM articles "
    "UNION ALL SELECT 1, a.owner_id, f.article_id FROM article_sections f CROSS JOIN above a ON a.section_id = f.section_id "
    "UNION ALL SELECT 2, tag_id, article_id FROM article_tags UNION ALL SELECT 3, author_id, article_id FROM article_authors) "
    "SELECT w.kind, w.owner_id, w.article_id FROM wanted w CROSS JOIN articles a ON a.id = w.article_id AND a.kind = 0 "
    "AND a.status IN (2, 4) WHERE NOT EXISTS (SELECT 1 FROM list_entries e WHERE e.kind = w.kind AND e.owner_id = w.owner_id "
    "AND e.published = a.published AND e.article_id = w.article_id)";
constexpr std::string_view surplus_entries =
    "WITH RECURSIVE above (section_id, owner_id) AS (SELECT id, id FROM sections "
    "UNION SELECT a.section_id, s.parent_id FROM above a JOIN sections s ON s.id = a.owner_id WHERE s.parent_id <> 0) "
    "SELECT e.kind, e.owner_id, e.article_id FROM list_entries e WHERE NOT CASE e.kind "
    "WHEN 0 THEN e.owner_id = 0 "
    "WHEN 1 THEN EXISTS (SELECT 1 FROM article_sections f CROSS JOIN above a ON a.section_id = f.section_id "
    "WHERE f.article_id = e.article_id AND a.owner_id = e.owner_id) "
    "WHEN 2 THEN EXISTS (SELECT 1 FROM article_tags t WHERE t.article_id = e.article_id AND t.tag_id = e.owner_id) "
    "WHEN 3 THEN EXISTS (SELECT 1 FROM article_authors b WHERE b.article_id = e.article_id AND b.author_id = e.owner_id) "
    "ELSE 0 END";

void check_lists(db::Connection& connection, const Found& found) {
  run_check(connection, {missing_entries, "List {}/{} lacks article {}.", 3}, found);
  run_check(connection, {surplus_entries, "List {}/{} holds article {}, which is not filed there.", 3}, found);
}

// One object's own address, as its row says it, must lead to it.
struct Owner {
  std::string_view sql;  // id, address
  news::AddressKind kind;
  std::string_view name;
};

constexpr std::array owners{
    Owner{"SELECT id, address FROM articles", news::AddressKind::article, "article"},
    Owner{"SELECT id, address FROM sections", news::AddressKind::section, "section"},
    Owner{"SELECT id, address FROM tags", news::AddressKind::tag, "tag"},
    Owner{"SELECT id, address FROM authors", news::AddressKind::author, "author"},
    Owner{"SELECT id, address FROM media", news::AddressKind::media, "media file"},
};

void check_own_addresses(db::Connection& connection, const Owner& owner, const Found& found) {
  db::Query rows = connection.query(owner.sql);
  while (rows.next()) {
    db::Query row = connection.query("SELECT 1 FROM addresses WHERE path = $1 AND kind = $2 AND object_id = $3")
                        .with(key_of(rows.text(1)), static_cast<int>(owner.kind), rows.integer(0));
    if (!row.next())
      found(base::format("The address {} does not lead to its {}, number {}.", rows.text(1), owner.name, rows.integer(0)));
  }
}

struct Row {
  std::int64_t article = 0;
  std::int64_t id = 0;
  std::int64_t parent = 0;
  std::string path;
  std::int64_t depth = 0;
  bool is_published = false;
  bool is_shown = false;
  base::Time created{};
};

// The comment's ancestors, from the root, and itself: rows come in the order of their paths.
class ThreadWalk {
 public:
  explicit ThreadWalk(const Found& found) : found_(found) {}

  void visit(Row row) {
    if (line_.empty() || line_.back().row.article != row.article) end();
    while (!line_.empty() && !row.path.starts_with(line_.back().row.path)) leave();
    check_place(row);
    line_.push_back({std::move(row), false});
    if (!line_.back().row.is_published) return;
    for (Level& level : line_) level.has_published = true;
  }
  void end() {
    while (!line_.empty()) leave();
  }

 private:
  struct Level {
    Row row;
    bool has_published = false;
  };

  void check_place(const Row& row) const {
    const std::string parent_path = line_.empty() ? std::string() : line_.back().row.path;
    const std::int64_t parent = line_.empty() ? 0 : line_.back().row.id;
    const std::string expected = thread_path(parent_path, row.created, {row.id});
    if (row.path == expected && row.parent == parent && row.depth == static_cast<std::int64_t>(line_.size())) return;
    found_(base::format("Comment {} of article {} is out of its place in the thread.", row.id, row.article));
  }
  void leave() {
    const Level& level = line_.back();
    if (level.row.is_shown != level.has_published) {
      found_(base::format("Comment {} of article {} is {}, and should not be.", level.row.id, level.row.article,
                          level.row.is_shown ? "shown" : "hidden"));
    }
    line_.pop_back();
  }

  const Found& found_;
  std::vector<Level> line_;
};

// The published comments of each reader, counted in the one walk over all comments. A damaged file may name any number as a
// reader: those beyond the bounds count as having none.
class ReaderCounts {
 public:
  explicit ReaderCounts(db::Connection& connection) {
    db::Query row = connection.query("SELECT coalesce(max(id), 0) FROM readers");
    row.next();
    published_.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(row.integer(0), 0, most_readers)) + 1);
  }

  void count(std::int64_t reader, bool is_published) {
    if (is_published && is_counted(reader)) ++published_[static_cast<std::size_t>(reader)];
  }
  void compare(db::Connection& connection, const Found& found) const {
    db::Query rows = connection.query("SELECT id, published FROM readers ORDER BY id");
    while (rows.next()) {
      const std::uint32_t counted = is_counted(rows.integer(0)) ? published_[static_cast<std::size_t>(rows.integer(0))] : 0;
      if (rows.integer(1) == counted) continue;
      found(base::format("Reader {} is said to have {} published comments, but has {}.", rows.integer(0), rows.integer(1),
                         counted));
    }
  }

 private:
  static constexpr std::int64_t most_readers = 100'000'000;
  bool is_counted(std::int64_t reader) const { return reader > 0 && static_cast<std::size_t>(reader) < published_.size(); }

  std::vector<std::uint32_t> published_;
};

bool is_there(db::Connection& connection, std::string_view sql, std::int64_t id) { return connection.query(sql).with(id).next(); }

void check_owners(db::Connection& connection, const Row& row, std::int64_t last_article, std::int64_t reader,
                  const Found& found) {
  if (row.article != last_article && !is_there(connection, "SELECT 1 FROM articles WHERE id = $1", row.article)) {
    found(base::format("Comment {} belongs to article {}, which is not there.", row.id, row.article));
  }
  if (reader != 0 && !is_there(connection, "SELECT 1 FROM readers WHERE id = $1", reader)) {
    found(base::format("Comment {} is by reader {}, who is not there.", row.id, reader));
  }
}

// Comments are the bulk of a site: everything that needs the rows themselves is done in one walk.
void check_comments(db::Connection& connection, const CheckReport& report) {
  constexpr std::int64_t portion = 20'000;
  ThreadWalk walk(report.found);
  ReaderCounts readers(connection);
  std::int64_t done = 0, last_article = 0;
  db::Query rows = connection.query(
      "SELECT article_id, id, parent_id, thread_path, depth, status, shown, created, reader_id FROM comments ORDER BY "
      "article_id, "
      "thread_path");
  while (rows.next()) {
    Row row{rows.integer(0), rows.integer(1),      rows.integer(2),      std::string(rows.blob(3)),
            rows.integer(4), rows.integer(5) == 0, rows.integer(6) != 0, stored_time(rows, 7)};
    check_owners(connection, row, last_article, rows.integer(8), report.found);
    last_article = row.article;
    readers.count(rows.integer(8), row.is_published);
    walk.visit(std::move(row));
    if (++done % portion == 0 && report.progress) report.progress("checking comments", done, 0);
  }
  walk.end();
  readers.compare(connection, report.found);
}

}  // namespace

void check_integrity(db::Connection& connection, Thoroughness thoroughness, const CheckReport& report) {
  const auto say = [&](const char* stage) {
    if (report.progress) report.progress(stage, 0, 0);
  };
  say("checking the database file");
  check_file(connection, thoroughness, report.found);
  say("checking counts and lists");
  for (const Check& check : checks) run_check(connection, check, report.found);
  check_lists(connection, report.found);
  say("checking addresses");
  for (const Owner& owner : owners) check_own_addresses(connection, owner, report.found);
  say("checking comments");
  check_comments(connection, report);
}

}  // namespace store
