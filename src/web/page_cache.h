// Rendered public pages, kept until what they were made from changes (docs/architecture.md, the path of one page view). Workers
// share one index behind a lock; each I/O thread has a source of its own that hears of new pages through a lock-free inbox, so
// that a hit takes no lock and allocates nothing. It never decides what may be cached, and never holds an answer that belongs to
// one person.
//
// Invariants:
// 1. A page that was made from a snapshot older than a write is never given out as fresh after make_stale for that write has
// returned.
// 2. While a page is being made anew, others get the one before; where there is none, they wait for it, but once only: an address
//    that turns out to have no page to keep (404, one with a password) must not become a queue.
// 3. The prepared bytes of all pages in the index stay below the limit; what leaves the index is never served again.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/measure.h"
#include "base/mutex.h"
#include "http/prepared.h"
#include "news/source.h"

namespace web {

// Until when a page and those that come after it count as busy: asked for so often that none of its readers is to wait while it is
// made anew. In seconds since 1970; written by the I/O threads.
using Busy = std::atomic<std::int64_t>;

// One rendered page. All but the atomics is immutable once it is shared.
struct CachedPage {
  std::string key;
  std::shared_ptr<const http::Prepared> prepared;
  std::vector<news::Source> sources;
  base::Time good_until{};
  std::size_t bytes = 0;
  std::shared_ptr<Busy> busy_until;

  std::atomic<bool> fresh{true};       // nothing it was made from has changed
  std::atomic<bool> in_making{false};  // its successor is being made
  std::atomic<bool> dropped{false};    // it has left the index, so that no make_stale can reach it any more
  std::atomic<bool> used{false};       // since the clock's hand last passed
};

// Since the cache was made, but for pages and bytes, which are those of now.
struct CacheCounts {
  std::size_t pages = 0;
  std::size_t bytes = 0;
  std::uint64_t hits = 0;    // found ready, also where a page was given out while its successor was being made
  std::uint64_t misses = 0;  // had to be made
  std::uint64_t evictions = 0;
};

class PageInbox;

// Thread-safe.
class PageCache {
 public:
  PageCache(std::size_t most_bytes, const base::Clock& clock);
  ~PageCache();

  struct Kept;

  // The right, and the duty, to make one page. It is taken before anything is read, and remembers what is touched while it lasts.
  class Making {
   public:
    Making(Making&& other) noexcept
        : cache_(std::exchange(other.cache_, nullptr)), key_(std::move(other.key_)), before_(other.before_) {}
    Making& operator=(Making&&) = delete;
    ~Making();  // gives up: the page before stays as it was

    const std::string& key() const { return key_; }
    // The page before was still right when its time ran out: its successor will stay too, and is worth compressing thoroughly.
    bool stood_long() const { return before_.stood_long; }
    // Somebody asked for the plain body of the page before.
    bool keeps_plain() const { return before_.keeps_plain; }
    // For a duty that waited for its turn: what was touched until now will be in what is read from here on.
    void begin();
    Kept keep(std::shared_ptr<const http::Prepared> prepared, std::vector<news::Source> sources, base::Time good_until);
    // There is no such page any more.
    void forget();

   private:
    friend class PageCache;
    struct Before {
      bool stood_long = false;
      bool keeps_plain = false;
    };
    static Before before(const CachedPage* page);
    Making(PageCache* cache, std::string key, Before before) : cache_(cache), key_(std::move(key)), before_(before) {}
    PageCache* cache_;
    std::string key_;
    Before before_;
  };

  // The page as it is kept, for improve; and the duty to make it once more, where it is busy and was touched meanwhile.
  struct Kept {
    std::shared_ptr<const CachedPage> page;
    std::optional<Making> again;
  };

  // A page to send, or the duty to make it; neither: answer it yourself and keep nothing.
  struct Start {
    std::shared_ptr<const CachedPage> page;
    std::optional<Making> making;
  };
  Start start(std::string_view key) EXCLUDES(mutex_);

  // The same page in better bytes. Does nothing if it is stale by now, or no longer the one that is kept.
  void improve(const std::shared_ptr<const CachedPage>& page, std::shared_ptr<const http::Prepared> prepared) EXCLUDES(mutex_);

  // Gives the duty to make those anew that are busy.
  std::vector<Making> make_stale(const std::vector<news::Source>& sources) EXCLUDES(mutex_);

  // For one I/O thread. It may outlive the cache.
  std::unique_ptr<http::PreparedSource> make_source() EXCLUDES(mutex_);

  std::size_t bytes() const EXCLUDES(mutex_);
  CacheCounts counts() const EXCLUDES(mutex_);

 private:
  struct SourceHash {
    std::size_t operator()(const news::Source& source) const noexcept {
      return std::hash<std::int64_t>{}(source.id * 16 + static_cast<std::int64_t>(source.kind));
    }
  };
  struct Slot {
    std::shared_ptr<CachedPage> page;
    std::list<CachedPage*>::iterator place;
  };

  bool is_in_making(const std::string& key, std::uint64_t number) const REQUIRES(mutex_);
  void end_making(const std::string& key) REQUIRES(mutex_);
  // The duty to make this page anew, if it is busy, stale, and made by nobody.
  std::optional<Making> claim(CachedPage& page) REQUIRES(mutex_);
  bool was_touched(const std::string& key, const std::vector<news::Source>& sources) const REQUIRES(mutex_);
  void insert(std::shared_ptr<CachedPage> page) REQUIRES(mutex_);
  void remove(CachedPage& page) REQUIRES(mutex_);
  void evict() REQUIRES(mutex_);
  void announce(const std::shared_ptr<CachedPage>& page) REQUIRES(mutex_);

  const std::size_t most_bytes_;
  const base::Clock& clock_;
  mutable base::Mutex mutex_;
  base::Condition made_;
  std::unordered_map<std::string_view, Slot> pages_ GUARDED_BY(mutex_);  // the keys are views into the pages
  std::unordered_map<news::Source, std::unordered_set<CachedPage*>, SourceHash> made_from_ GUARDED_BY(mutex_);
  std::list<CachedPage*> clock_face_ GUARDED_BY(mutex_);  // the hand stands before the first
  // The pages being made, each with what was touched since its making began.
  struct InMaking {
    std::uint64_t number = 0;
    std::unordered_set<news::Source, SourceHash> touched;
  };
  std::unordered_map<std::string, InMaking> makings_ GUARDED_BY(mutex_);
  std::uint64_t makings_begun_ GUARDED_BY(mutex_) = 0;
  std::vector<std::weak_ptr<PageInbox>> inboxes_ GUARDED_BY(mutex_);
  std::size_t bytes_ GUARDED_BY(mutex_) = 0;
  CacheCounts counts_ GUARDED_BY(mutex_);                                    // the workers' part of it
  std::vector<std::shared_ptr<base::OwnCounter>> own_hits_ GUARDED_BY(mutex_);  // the I/O threads', one each
};

}  // namespace web
