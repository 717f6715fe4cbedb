// Any bytes as an export of each comment system: the readers end, tell what they refuse, and every text they deliver can be
// rendered. The first byte says which reader; the rest is the file, and is read twice, as an import does.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "import/comment_records.h"
#include "import/thread_match.h"
#include "text/markdown.h"
#include "text/sanitise.h"

namespace {

class Counter final : public import_::RecordVisitor {
 public:
  void on_source(const std::string&) override {}
  void on_thread(const import_::ThreadRecord& thread) override { count_ += 1 + import_::address_keys(thread.link).size(); }
  void on_person(const import_::PersonRecord& person) override { count_ += 1 + person.name.size(); }
  void on_comment(import_::CommentRecord comment) override {
    count_ += 1 + comment.id.size();
    if (comment.written_in == import_::WrittenIn::markdown) {
      (void)text::render_markdown(comment.text, {});
    } else {
      (void)text::sanitise(comment.text, {});
    }
  }
  void on_broken(const std::string&, const std::string& id, const std::string&) override { count_ += 1 + id.size(); }
  void on_note(const std::string&) override {}
  void on_progress(std::uint64_t, std::uint64_t) override {}

  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

std::string name_of_memory(const std::uint8_t* data, std::size_t size) {
  static const int file = ::memfd_create("export", MFD_CLOEXEC);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
  return "/proc/self/fd/" + std::to_string(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static constexpr import_::ReadRecords readers[] = {import_::read_disqus, import_::read_isso, import_::read_remark42,
                                                     import_::read_commento};
  const import_::ReadRecords read = readers[data[0] % 4];
  const std::string file = name_of_memory(data + 1, size - 1);
  const text::TimeZone zone = text::TimeZone::utc();
  Counter first, second;
  const bool is_read = static_cast<bool>(read(file, zone, first));
  if (static_cast<bool>(read(file, zone, second)) != is_read || first.count() != second.count()) std::abort();
  return 0;
}
