// Comments that came before what they answer. They lie in the scratch map until their parent is stored; the work of letting them
// go is cut into short transactions as well.
//   "w:" parent NUL id   the sealed record          "i:" id   its parent: that it waits
//   "q:" id              stored, and somebody may wait for it
#include <stdexcept>

#include "base/format.h"
#include "import/comment_intake.h"
#include "import/record_bytes.h"

namespace import_ {
namespace {

constexpr std::size_t most_in_a_transaction = 200;

std::string waiting_for(std::string_view parent) { return "w:" + std::string(parent) + '\0'; }
std::string waiting_key(std::string_view id) { return "i:" + std::string(id); }
std::string ready_key(std::string_view id) { return "q:" + std::string(id); }

}  // namespace

void CommentIntake::wait(const CommentRecord& comment) {
  if (!scratch_.put_new(waiting_key(comment.id), comment.parent)) return report_.already("comments");  // the file has it twice
  scratch_.put(waiting_for(comment.parent) + comment.id, seal_.seal(base::Purpose::email_seal, to_bytes(comment)));
  ++waiting_;
}

void CommentIntake::note_stored(const std::string& id) {
  if (waiting_ > 0 && scratch_.next(waiting_for(id))) scratch_.put(ready_key(id), "");
}

CommentIntake::Prepared CommentIntake::take_waiting(const db::Scratch::Entry& entry) {
  CommentRecord record = comment_of(seal_.unseal(base::Purpose::email_seal, entry.value).value());
  scratch_.erase(entry.key);
  scratch_.erase(waiting_key(record.id));
  --waiting_;
  // It could be prepared once, so it can again.
  return *prepare(std::move(record));
}

bool CommentIntake::release_some(desk::Intake& intake) {
  for (std::size_t i = 0; i < most_in_a_transaction; ++i) {
    const std::optional<db::Scratch::Entry> ready = scratch_.next(ready_key(""));
    if (!ready) return false;
    const std::string id = ready->key.substr(ready_key("").size());
    const std::optional<db::Scratch::Entry> waiting = scratch_.next(waiting_for(id));
    if (!waiting) {
      scratch_.erase(ready->key);
      continue;
    }
    store(intake, take_waiting(*waiting), find(intake, id));
  }
  return true;
}

void CommentIntake::release_all() {
  while (waiting_ > 0) {
    in_transaction([this](desk::Intake& intake) {
      for (std::size_t i = 0; i < most_in_a_transaction && waiting_ > 0; ++i) {
        if (release_some(intake)) return;
        if (waiting_ > 0) place_orphan(intake);
      }
    });
  }
}

// Nothing that is stored is waited for any more: what waits answers a comment that is not there, or stands in a ring of comments
// that answer each other.
void CommentIntake::place_orphan(desk::Intake& intake) {
  const std::optional<db::Scratch::Entry> any = scratch_.next("i:");
  if (!any) throw std::logic_error("comments wait, but none is there");
  const std::string id = topmost_waiting(any->key.substr(2));
  const std::string parent = scratch_.get(waiting_key(id)).value();
  const std::string key = waiting_for(parent) + id;
  Prepared orphan = take_waiting({key, scratch_.get(key).value()});
  const bool is_ring = parent == id || scratch_.contains(waiting_key(parent));
  report_.note(base::format("Comment {} answers comment {}, which {}; it stands by itself.", shown(id), shown(parent),
                            is_ring ? "answers it in turn" : "is not there"));
  store(intake, std::move(orphan), {});
}

// Upwards until the parent does not wait. In a ring, where there is no such comment, one of the ring: Brent's way to find it
// needs no memory.
std::string CommentIntake::topmost_waiting(std::string id) const {
  std::string mark = id;
  for (std::uint64_t steps = 1, until = 2;; ++steps) {
    const std::string parent = scratch_.get(waiting_key(id)).value();
    if (!scratch_.contains(waiting_key(parent)) || parent == mark) return id;
    id = parent;
    if (steps == until) {
      mark = id;
      until *= 2;
    }
  }
}

}  // namespace import_
