// Readers' comments: what may be written, what is stored, what is shown. The email is in none of them: it is sealed in a table of
// its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "news/ids.h"
#include "text/html.h"

namespace news {

// deleted: by its author. Nobody publishes it again.
enum class CommentStatus { published, held, spam, rejected, deleted };
enum class CommentKind { comment, pingback, trackback };

// What became of a comment, and the name of the rule or person that said so.
struct Verdict {
  CommentStatus status = CommentStatus::held;
  std::string rule;  // "moderation.first", "staff", "import"
  bool operator==(const Verdict&) const = default;
};

struct NewComment {
  ArticleId article;
  CommentId parent;  // none: a comment of its own
  CommentKind kind = CommentKind::comment;
  ReaderId reader;      // none for pingbacks and readers without an email
  std::string author;   // plain text, one line
  std::string website;  // http(s) address or empty
  std::string source;   // as written
  text::Html body;
  base::Time created{};
  Verdict verdict;
  std::string quote{};  // a passage of the article as it stood there, plain text; may be empty
};

// What the newsroom says of a comment.
struct Marks {
  bool pinned = false;     // shown at the head of its thread
  bool picked = false;     // by the editors
  bool by_author = false;  // the article's author wrote it
  bool by_staff = false;
  bool operator==(const Marks&) const = default;
};

struct Votes {
  int up = 0;
  int down = 0;
  bool operator==(const Votes&) const = default;
};

struct Comment : NewComment {
  CommentId id;
  int depth = 0;        // 0 for a comment of its own
  int version = 1;      // which of its versions this is
  int waiting = 0;      // the number of an edit that waits for a moderator while this version stays; 0: none
  base::Time edited{};  // when this version replaced one that was published; 0: never
  Marks marks{};
  Votes votes{};
};

// One text that a comment had, has, or may get.
struct CommentVersion {
  int number = 1;
  base::Time written{};
  std::string source;
  text::Html body;
  Verdict verdict;
};

// As the thread shows it.
struct CommentView {
  CommentId id;
  CommentId parent;
  int depth = 0;
  CommentKind kind = CommentKind::comment;
  CommentStatus status = CommentStatus::published;  // held: shown to its author only, as awaiting moderation
  bool removed = false;  // not published itself, but published replies hang on it: its place is shown, its text is not
  std::string author;
  std::string website;
  text::Html body;
  base::Time created{};
  base::Time edited{};  // 0: never
  Marks marks{};
  Votes votes{};
  ReaderId reader;  // never shown itself; what is made of it is keyed
  // Of a top-level comment: replies that come after this one are left out, because the page has no room. None: all are there.
  CommentId folded_after{};
  std::string quote{};
  std::string avatar{};  // the opaque id of the picture beside the name; empty: a letter stands there
};

// Of the top-level comments; below them replies always stand in the order of time.
enum class ThreadOrder { oldest, newest, best };

// What of a thread a page shows.
struct ThreadPart {
  ThreadOrder order = ThreadOrder::oldest;
  int page = 1;        // of the oldest first, which alone is numbered
  CommentId branch{};  // instead of all: this comment with what it answers and what hangs below it
  CommentId after{};   // newest, best, branch: what comes after this one; none: from the beginning
  bool operator==(const ThreadPart&) const = default;
};

// Its comments in reading order: one stands before its replies, siblings oldest first. How many they are at most does not grow
// with the thread.
struct ThreadPage {
  std::vector<CommentView> comments;
  std::vector<CommentView> pinned;  // shown once more at the head of the first page
  ThreadPart part{};
  int page = 1;      // the numbered one; of a branch, the one its top-level comment stands on
  int pages = 1;     // at least 1; a page holds a fixed number of top-level comments
  int total = 0;     // published comments of the article
  int roots = 0;     // its top-level ones that are shown
  CommentId next{};  // newest, best, branch: the next page begins after this one; none: there is none
};

// For "Latest comments" on the front page.
struct CommentTeaser {
  CommentId id;
  std::string author;
  std::string excerpt;  // plain text
  std::string article_headline;
  std::string address;  // of the comment: page and fragment included
  base::Time created{};
};

}  // namespace news
