// Threads, and comments whose parent is there already. Those that wait are in comment_waiting.cpp.
#include "import/comment_intake.h"

#include <algorithm>
#include <stdexcept>

#include "base/format.h"
#include "import/record_bytes.h"
#include "text/markdown.h"
#include "text/plain.h"
#include "text/sanitise.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;

// A transaction holds the database's one write lock: readers' comments on a running site wait for it, so it is kept short.
constexpr std::size_t most_in_a_transaction = 200;
constexpr std::size_t most_bytes_in_a_transaction = 1U << 20U;
constexpr std::size_t most_text_bytes = 1'000'000;
constexpr std::size_t most_id_bytes = 2'000;
constexpr std::size_t most_named_addresses = 10;
constexpr std::size_t most_named_bytes = 200;

const text::SanitisePolicy comment_policy{.trust = text::Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = {}};

// Keys of the scratch map. An id holds no NUL, so a prefix is never ambiguous.
std::string thread_key(std::string_view id) { return "t:" + std::string(id); }
std::string decision_key(std::string_view id) { return "a:" + std::string(id); }
std::string person_key(std::string_view id) { return "p:" + std::string(id); }
std::string rehearsed_key(std::string_view id) { return "d:" + std::string(id); }

// Some people write their address where the name belongs; other systems showed it to everybody, we don't (invariant 3).
bool is_email(std::string_view name) {
  const std::size_t at = name.find('@');
  return at != std::string_view::npos && at > 0 && name.find('.', at) != std::string_view::npos &&
         name.find(' ') == std::string_view::npos;
}

// The account of a rolled back transaction: nothing a person is told.
const Error rehearsed{Errc::conflict, "rehearsal", {}};

}  // namespace

CommentIntake::CommentIntake(const desk::Desk& desk, db::Scratch& scratch, Report& report, CommentIntakeSettings settings)
    : desk_(desk), scratch_(scratch), report_(report), settings_(std::move(settings)) {}

void CommentIntake::in_transaction(const std::function<void(desk::Intake&)>& work) {
  const Result<void> taken = desk::take_in(desk_, [&](desk::Intake& intake) -> Result<void> {
    work(intake);
    if (settings_.mode == Mode::rehearsal) return rehearsed;
    return {};
  });
  if (!taken && taken.error() != rehearsed) throw std::runtime_error(taken.error().key);
}

// --- threads and people

void CommentIntake::keep_thread(const ThreadRecord& thread) {
  if (thread.id.size() > most_id_bytes) return;
  ThreadRecord kept = thread;
  if (kept.link.size() > most_id_bytes) kept.link.resize(most_id_bytes);
  scratch_.put_new(thread_key(kept.id), to_bytes(kept));
}

void CommentIntake::keep_person(const PersonRecord& person) {
  if (person.id.empty()) return;
  scratch_.put_new(person_key(person.id), seal_.seal(base::Purpose::email_seal, to_bytes(person)));
}

void CommentIntake::match_threads(const ThreadMatch& match) {
  const std::string prefix = thread_key("");
  std::string last;
  for (bool is_more = true; is_more;) {
    in_transaction([&](desk::Intake& intake) {
      for (std::size_t i = 0; is_more && i < most_in_a_transaction; ++i) {
        const std::optional<db::Scratch::Entry> entry = scratch_.next(prefix, last);
        is_more = entry.has_value();
        if (!entry) break;
        last = entry->key;
        decide(intake, thread_of(entry->value), match);
      }
    });
  }
}

// A thread that was brought before stays with its article, though the address of either may have changed since.
void CommentIntake::decide(desk::Intake& intake, const ThreadRecord& thread, const ThreadMatch& match) {
  if (thread.is_deleted) return refuse(thread, "it was deleted there");
  const news::ArticleId known{intake.find(from("thread", thread.id))};
  if (known && intake.find_article(known)) {
    report_.already("threads");
    return accept(intake, thread, known);
  }
  const ThreadMatch::Match found = match.match(thread);
  if (!found.article) return refuse(thread, found.why_not);
  intake.remember(from("thread", thread.id), found.article->value);
  report_.imported("threads");
  accept(intake, thread, *found.article);
}

void CommentIntake::accept(desk::Intake& intake, const ThreadRecord& thread, news::ArticleId article) {
  scratch_.put(decision_key(thread.id), "=" + std::to_string(article.value));
  if (!thread.is_closed) return;
  const std::optional<news::Article> present = intake.find_article(article);
  if (!present || present->comments == news::Comments::closed) return;
  ++closed_threads_;
  if (closed_addresses_.size() < most_named_addresses) closed_addresses_.push_back(present->address);
}

void CommentIntake::refuse(const ThreadRecord& thread, const std::string& why) {
  scratch_.put(decision_key(thread.id), base::format("its thread was left out: {}", why));
  leave_out("threads", thread.id, why);
}

// --- one comment

void CommentIntake::take(CommentRecord comment) {
  if (comment.id.empty()) return leave_out("comments", "?", "it has no id");
  if (comment.id.size() > most_id_bytes || comment.id.find('\0') != std::string::npos)
    return leave_out("comments", comment.id.substr(0, most_named_bytes), "its id is too long");
  const std::string id = comment.id;
  base::Result<Prepared> prepared = prepare(std::move(comment));
  if (!prepared) return leave_out("comments", id, prepared.error().key);
  queued_bytes_ += prepared->foreign.comment.body.string().size() + prepared->record.text.size();
  queue_.push_back(*std::move(prepared));
  if (queue_.size() >= most_in_a_transaction || queued_bytes_ >= most_bytes_in_a_transaction) flush();
}

void CommentIntake::complete_from_person(CommentRecord& comment) const {
  if (comment.person.empty()) return;
  const std::optional<std::string> sealed = scratch_.get(person_key(comment.person));
  if (!sealed) return;
  const PersonRecord person = person_of(seal_.unseal(base::Purpose::email_seal, *sealed).value());
  if (comment.author.empty()) comment.author = person.name;
  if (comment.email.empty()) comment.email = person.email;
  if (comment.website.empty()) comment.website = person.website;
}

// All that needs no transaction, the rendering above all. The Error is the reason why it is left out.
Result<CommentIntake::Prepared> CommentIntake::prepare(CommentRecord record) {
  const auto refuse_with = [](std::string why) { return Error{Errc::invalid, std::move(why), {}}; };
  const std::optional<std::string> decision = scratch_.get(decision_key(record.thread));
  if (!decision)
    return refuse_with(base::format("its thread \"{}\" is not in the file", shown(record.thread).substr(0, most_named_bytes)));
  if (!decision->starts_with('=')) return refuse_with(*decision);
  if (record.text.size() > most_text_bytes) return refuse_with("it is longer than a million bytes");
  complete_from_person(record);

  Prepared prepared;
  news::NewComment& comment = prepared.foreign.comment;
  comment.article = {std::stoll(decision->substr(1))};
  comment.verdict = {record.status, "import"};
  comment.source = text::clean_lines(text::to_valid_utf8(record.text));
  comment.body = record.written_in == WrittenIn::markdown ? text::render_markdown(comment.source, comment_policy)
                                                          : text::sanitise(comment.source, comment_policy);
  // What was deleted holds the place of its replies.
  if (comment.body.empty() && record.status != news::CommentStatus::rejected)
    return refuse_with("it has no text that can be shown");
  clean_names(record, prepared);
  prepared.foreign.email = record.email;
  prepared.foreign.votes = record.votes;
  prepared.foreign.is_pinned = record.is_pinned;
  if (!record.person.empty()) prepared.foreign.person = settings_.origin + "\n" + record.person;
  if (record.created) comment.created = *record.created;
  if (record.edited && record.created && *record.edited > *record.created) prepared.foreign.edited = *record.edited;
  prepared.record = std::move(record);
  return prepared;
}

void CommentIntake::clean_names(const CommentRecord& record, Prepared& prepared) const {
  news::NewComment& comment = prepared.foreign.comment;
  const auto as_text = [&](const std::string& written) {
    return record.has_escaped_names ? text::plain_text_of_untrusted(written) : text::to_valid_utf8(written);
  };
  comment.author = text::clean_line(as_text(record.author));
  comment.website = text::clean_website(as_text(record.website)).value_or("");
  prepared.is_name_hidden = is_email(comment.author);
  if (prepared.is_name_hidden) comment.author.clear();
}

void CommentIntake::flush() {
  if (queue_.empty()) return;
  in_transaction([this](desk::Intake& intake) {
    for (Prepared& comment : queue_) place(intake, std::move(comment));
    release_some(intake);
  });
  queue_.clear();
  queued_bytes_ = 0;
}

void CommentIntake::place(desk::Intake& intake, Prepared comment) {
  const std::string& parent = comment.record.parent;
  if (find(intake, comment.record.id).is_known) return report_.already("comments");
  if (parent.empty()) return store(intake, std::move(comment), {});
  const Placed above = find(intake, parent);
  if (!above.is_known) return wait(comment.record);
  store(intake, std::move(comment), above);
}

CommentIntake::Placed CommentIntake::find(const desk::Intake& intake, const std::string& id) const {
  if (const std::int64_t known = intake.find(from("comment", id))) return {{known}, {}, true};
  if (settings_.mode == Mode::real) return {};
  const std::optional<std::string> article = scratch_.get(rehearsed_key(id));
  if (!article) return {};
  return {{}, {std::stoll(*article)}, true};
}

// `parent`: none, or where it is. A parent of another article is none.
void CommentIntake::store(desk::Intake& intake, Prepared comment, const Placed& parent) {
  const CommentRecord& record = comment.record;
  news::NewComment& ours = comment.foreign.comment;
  if (!record.created) {
    const std::optional<news::Article> article = intake.find_article(ours.article);
    ours.created = article ? article->published : desk_.clock.now();
  }
  bool is_elsewhere = parent.article && parent.article != ours.article;
  ours.parent = is_elsewhere ? news::CommentId() : parent.id;
  Result<news::CommentId> made = intake.add_comment(comment.foreign);
  if (!made && ours.parent) {
    is_elsewhere = true;
    ours.parent = {};
    made = intake.add_comment(comment.foreign);
  }
  if (!made) return leave_out("comments", record.id, made.error().key);
  if (is_elsewhere)
    report_.note(base::format("Comment {} answers comment {}, which belongs to another article; it stands by itself.",
                              shown(record.id), shown(record.parent)));
  intake.remember(from("comment", record.id), made->value);
  if (settings_.mode == Mode::rehearsal) scratch_.put(rehearsed_key(record.id), std::to_string(ours.article.value));
  report_.imported("comments");
  if (record.is_pinned && !desk::may_be_pinned(ours)) ++unpinned_;
  if (!record.created) ++without_time_;
  if (comment.is_name_hidden) ++hidden_names_;
  note_stored(record.id);
}

void CommentIntake::finish() {
  flush();
  release_all();
  tell_of_totals();
}

std::string CommentIntake::shown(std::string_view id) {
  const std::size_t end = id.find(source_end);
  return std::string(end == std::string_view::npos ? id : id.substr(end + 1));
}

void CommentIntake::leave_out(const std::string& kind, const std::string& id, const std::string& why) {
  report_.left_out(kind, shown(id), why);
}

void CommentIntake::tell_of_totals() {
  const auto tell = [&](std::uint64_t count, std::string_view sentence) {
    if (count > 0) report_.note(base::format("{}: {}.", sentence, count));
  };
  tell(unpinned_, "Comments that were pinned there, but here only what is published and answers nothing can be");
  tell(hidden_names_, "Comments with an email for a name, which stand without a name");
  tell(without_time_, "Comments without a time that can be read, which stand at the time of their article");
  if (closed_threads_ == 0) return;
  std::string addresses;
  for (const std::string& address : closed_addresses_) addresses += (addresses.empty() ? "" : ", ") + address;
  if (closed_threads_ > closed_addresses_.size()) addresses += ", …";
  report_.note(base::format("Threads that were closed there, while the comments of their articles stay open here: {} ({}).",
                            closed_threads_, addresses));
}

}  // namespace import_
