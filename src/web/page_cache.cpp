#include "web/page_cache.h"

#include <algorithm>
#include <utility>

#include "web/page_address.h"

namespace web {

// New pages on their way to one I/O thread: workers push, the thread takes all at once. A stack of nodes behind one atomic
// pointer; since the thread takes everything, no node is ever looked at by two.
class PageInbox {
 public:
  PageInbox() = default;
  PageInbox(const PageInbox&) = delete;
  PageInbox& operator=(const PageInbox&) = delete;
  ~PageInbox() { take(); }

  void push(std::shared_ptr<CachedPage> page) {
    auto node = std::make_unique<Node>();
    node->page = std::move(page);
    Node* added = node.release();
    added->next = newest_.load(std::memory_order_relaxed);
    while (!newest_.compare_exchange_weak(added->next, added, std::memory_order_release, std::memory_order_relaxed)) {
    }
  }

  bool is_empty() const { return newest_.load(std::memory_order_relaxed) == nullptr; }

  // In the order in which they were pushed.
  std::vector<std::shared_ptr<CachedPage>> take() {
    std::vector<std::shared_ptr<CachedPage>> pages;
    for (Node* node = newest_.exchange(nullptr, std::memory_order_acquire); node != nullptr;) {
      const std::unique_ptr<Node> owned(node);
      pages.push_back(std::move(owned->page));
      node = owned->next;
    }
    std::reverse(pages.begin(), pages.end());
    return pages;
  }

 private:
  struct Node {
    std::shared_ptr<CachedPage> page;
    Node* next = nullptr;
  };
  std::atomic<Node*> newest_{nullptr};
};

namespace {

// Asked for so often within a second, from one I/O thread, a page is busy for so long.
constexpr std::uint32_t busy_hits = 20;
constexpr base::Seconds busy_time{3};

// What one I/O thread knows of the cache.
class ThreadPages final : public http::PreparedSource {
 public:
  ThreadPages(std::shared_ptr<PageInbox> inbox, std::shared_ptr<base::OwnCounter> hits, const base::Clock& clock)
      : inbox_(std::move(inbox)), hits_(std::move(hits)), clock_(clock) {}

  const http::Prepared* find(std::string_view target) override {
    const CachedPage* page = find_page(target);
    return page ? page->prepared.get() : nullptr;
  }

  std::shared_ptr<const http::Prepared> find_shared(std::string_view target) override {
    const CachedPage* page = find_page(target);
    return page ? page->prepared : nullptr;
  }

  void tick() override {
    take_news();
    const base::Time now = clock_.now();
    for (auto entry = pages_.begin(); entry != pages_.end();) {
      CachedPage& page = *entry->second.page;
      if (std::exchange(entry->second.hits, 0) >= busy_hits)
        page.busy_until->store(base::to_unix(now + busy_time), std::memory_order_relaxed);
      const bool is_over = page.dropped.load(std::memory_order_acquire) || page.good_until <= now;
      entry = is_over ? pages_.erase(entry) : std::next(entry);
    }
  }

 private:
  const CachedPage* find_page(std::string_view target) {
    if (!inbox_->is_empty()) take_news();
    const std::optional<std::string_view> key = cache_key(target);
    if (!key) return nullptr;
    const auto found = pages_.find(*key);
    if (found == pages_.end()) return nullptr;
    CachedPage& page = *found->second.page;
    if (page.dropped.load(std::memory_order_acquire)) return nullptr;
    if (!page.fresh.load(std::memory_order_acquire) && !page.in_making.load(std::memory_order_acquire)) return nullptr;
    // Written only where it changes something: the line stays shared between the processors.
    if (!page.used.load(std::memory_order_relaxed)) page.used.store(true, std::memory_order_relaxed);
    hits_->add();
    ++found->second.hits;
    return &page;
  }

  void take_news() {
    for (std::shared_ptr<CachedPage>& page : inbox_->take()) {
      std::uint32_t hits = 0;
      if (const auto before = pages_.find(page->key); before != pages_.end()) {
        hits = before->second.hits;
        pages_.erase(before);  // its key is a view into the page before
      }
      const std::string_view key = page->key;
      pages_.emplace(key, Entry{std::move(page), hits});
    }
  }

  struct Entry {
    std::shared_ptr<CachedPage> page;
    std::uint32_t hits = 0;  // of this address since the last tick
  };

  std::shared_ptr<PageInbox> inbox_;
  std::shared_ptr<base::OwnCounter> hits_;
  const base::Clock& clock_;
  std::unordered_map<std::string_view, Entry> pages_;
};

std::size_t size_of(const http::Representation& made) {
  return made.head.size() + made.body.size() + made.not_modified_head.size();
}

std::size_t size_of(const CachedPage& page) {
  const http::Prepared& prepared = *page.prepared;
  return sizeof(CachedPage) + page.key.size() + page.sources.size() * (sizeof(news::Source) + 64) + size_of(prepared.identity) +
         size_of(prepared.gzip) + size_of(prepared.brotli);
}

}  // namespace

PageCache::PageCache(std::size_t most_bytes, const base::Clock& clock) : most_bytes_(most_bytes), clock_(clock) {}
PageCache::~PageCache() = default;

PageCache::Making::~Making() {
  if (cache_ == nullptr) return;
  base::MutexLock lock(cache_->mutex_);
  cache_->end_making(key_);
}

PageCache::Kept PageCache::Making::keep(std::shared_ptr<const http::Prepared> prepared, std::vector<news::Source> sources,
                                        base::Time good_until) {
  PageCache& cache = *std::exchange(cache_, nullptr);
  auto page = std::make_shared<CachedPage>();
  page->key = key_;
  page->prepared = std::move(prepared);
  page->sources = std::move(sources);
  page->good_until = good_until;
  page->bytes = size_of(*page);
  base::MutexLock lock(cache.mutex_);
  // Invariant 1: what was touched after this making began may be missing in it. It is kept nevertheless, as the page before of
  // the next making.
  page->fresh.store(!cache.was_touched(key_, page->sources), std::memory_order_release);
  cache.end_making(key_);
  cache.insert(page);
  return {page, cache.claim(*page)};
}

PageCache::Making::Before PageCache::Making::before(const CachedPage* page) {
  if (page == nullptr) return {};
  return {.stood_long = page->fresh.load(std::memory_order_acquire),
          .keeps_plain = !page->prepared->gzip.body.empty() && !page->prepared->is_packed()};
}

void PageCache::Making::begin() {
  base::MutexLock lock(cache_->mutex_);
  cache_->makings_.find(key_)->second.touched.clear();
}

void PageCache::Making::forget() {
  PageCache& cache = *std::exchange(cache_, nullptr);
  base::MutexLock lock(cache.mutex_);
  if (const auto found = cache.pages_.find(key_); found != cache.pages_.end()) cache.remove(*found->second.page);
  cache.end_making(key_);
}

PageCache::Start PageCache::start(std::string_view key) {
  base::MutexLock lock(mutex_);
  for (bool has_waited = false;; has_waited = true) {
    const auto found = pages_.find(key);
    CachedPage* const page = found == pages_.end() ? nullptr : found->second.page.get();
    const bool is_fresh = page != nullptr && page->fresh.load(std::memory_order_acquire);
    if (is_fresh && clock_.now() < page->good_until) {
      page->used.store(true, std::memory_order_relaxed);
      ++counts_.hits;
      return {found->second.page, std::nullopt};
    }
    if (has_waited && page == nullptr) {
      ++counts_.misses;
      return {};
    }
    const auto [making, is_first] = makings_.try_emplace(std::string(key));
    if (is_first) {
      ++counts_.misses;
      making->second.number = ++makings_begun_;
      if (page != nullptr) page->in_making.store(true, std::memory_order_release);
      return {nullptr, Making(this, making->first, Making::before(page))};
    }
    if (page != nullptr) {
      ++counts_.hits;
      return {found->second.page, std::nullopt};
    }
    // Not for one that begins after it: on a busy address without a page there would always be another.
    const std::string name = making->first;
    const std::uint64_t number = making->second.number;
    while (is_in_making(name, number)) made_.wait(mutex_);
  }
}

void PageCache::improve(const std::shared_ptr<const CachedPage>& page, std::shared_ptr<const http::Prepared> prepared) {
  auto better = std::make_shared<CachedPage>();
  better->key = page->key;
  better->prepared = std::move(prepared);
  better->sources = page->sources;
  better->good_until = page->good_until;
  better->bytes = size_of(*better);
  base::MutexLock lock(mutex_);
  const auto kept = pages_.find(page->key);
  if (kept == pages_.end() || kept->second.page != page || !page->fresh.load(std::memory_order_acquire)) return;
  better->in_making.store(page->in_making.load(std::memory_order_acquire), std::memory_order_release);
  better->used.store(page->used.load(std::memory_order_relaxed), std::memory_order_relaxed);
  insert(std::move(better));
}

std::vector<PageCache::Making> PageCache::make_stale(const std::vector<news::Source>& sources) {
  std::vector<Making> claimed;
  base::MutexLock lock(mutex_);
  for (auto& [key, making] : makings_) making.touched.insert(sources.begin(), sources.end());
  for (const news::Source& source : sources) {
    if (source.kind == news::SourceKind::everything) {
      for (auto& [key, slot] : pages_) slot.page->fresh.store(false, std::memory_order_release);
      return claimed;  // nothing: all at once are left to their readers
    }
    const auto found = made_from_.find(source);
    if (found == made_from_.end()) continue;
    for (CachedPage* page : found->second) {
      page->fresh.store(false, std::memory_order_release);
      if (auto making = claim(*page)) claimed.push_back(*std::move(making));
    }
  }
  return claimed;
}

std::optional<PageCache::Making> PageCache::claim(CachedPage& page) {
  const bool is_busy = page.busy_until->load(std::memory_order_relaxed) > base::to_unix(clock_.now());
  if (!is_busy || page.fresh.load(std::memory_order_acquire)) return std::nullopt;
  const auto [making, is_first] = makings_.try_emplace(page.key);
  if (!is_first) return std::nullopt;
  ++counts_.misses;
  making->second.number = ++makings_begun_;
  page.in_making.store(true, std::memory_order_release);
  return Making(this, page.key, Making::before(&page));
}

std::unique_ptr<http::PreparedSource> PageCache::make_source() {
  auto inbox = std::make_shared<PageInbox>();
  auto hits = std::make_shared<base::OwnCounter>();
  base::MutexLock lock(mutex_);
  for (const auto& [key, slot] : pages_) inbox->push(slot.page);
  std::erase_if(inboxes_, [](const std::weak_ptr<PageInbox>& old) { return old.expired(); });
  inboxes_.push_back(inbox);
  own_hits_.push_back(hits);
  return std::make_unique<ThreadPages>(std::move(inbox), std::move(hits), clock_);
}

std::size_t PageCache::bytes() const {
  base::MutexLock lock(mutex_);
  return bytes_;
}

CacheCounts PageCache::counts() const {
  base::MutexLock lock(mutex_);
  CacheCounts now = counts_;
  now.pages = pages_.size();
  now.bytes = bytes_;
  for (const auto& hits : own_hits_) now.hits += hits->value();
  return now;
}

bool PageCache::is_in_making(const std::string& key, std::uint64_t number) const {
  const auto making = makings_.find(key);
  return making != makings_.end() && making->second.number == number;
}

void PageCache::end_making(const std::string& key) {
  makings_.erase(key);
  if (const auto found = pages_.find(key); found != pages_.end())
    found->second.page->in_making.store(false, std::memory_order_release);
  made_.notify_all();
}

bool PageCache::was_touched(const std::string& key, const std::vector<news::Source>& sources) const {
  const auto making = makings_.find(key);
  if (making == makings_.end()) return true;
  const auto& touched = making->second.touched;
  if (touched.contains(news::Source{news::SourceKind::everything, 0})) return true;
  return std::any_of(sources.begin(), sources.end(), [&](const news::Source& source) { return touched.contains(source); });
}

void PageCache::insert(std::shared_ptr<CachedPage> page) {
  if (const auto before = pages_.find(page->key); before != pages_.end()) {
    page->busy_until = before->second.page->busy_until;
    remove(*before->second.page);
  } else {
    page->busy_until = std::make_shared<Busy>(0);
  }
  if (page->bytes > most_bytes_) return;
  CachedPage* const added = page.get();
  for (const news::Source& source : added->sources) made_from_[source].insert(added);
  const auto place = clock_face_.insert(clock_face_.end(), added);
  bytes_ += added->bytes;
  announce(page);
  pages_.emplace(added->key, Slot{std::move(page), place});
  evict();
}

void PageCache::remove(CachedPage& page) {
  page.dropped.store(true, std::memory_order_release);
  for (const news::Source& source : page.sources) {
    const auto found = made_from_.find(source);
    if (found == made_from_.end()) continue;
    found->second.erase(&page);
    if (found->second.empty()) made_from_.erase(found);
  }
  bytes_ -= page.bytes;
  const auto slot = pages_.find(page.key);
  clock_face_.erase(slot->second.place);
  const std::shared_ptr<CachedPage> last = std::move(slot->second.page);  // the map's key is a view into it
  pages_.erase(slot);
}

// The clock algorithm: what was used since the hand last passed gets another round.
void PageCache::evict() {
  while (bytes_ > most_bytes_) {
    CachedPage* const page = clock_face_.front();
    if (page->used.exchange(false, std::memory_order_relaxed)) {
      clock_face_.splice(clock_face_.end(), clock_face_, clock_face_.begin());
    } else {
      remove(*page);
      ++counts_.evictions;
    }
  }
}

void PageCache::announce(const std::shared_ptr<CachedPage>& page) {
  for (const std::weak_ptr<PageInbox>& weak : inboxes_) {
    if (const std::shared_ptr<PageInbox> inbox = weak.lock()) inbox->push(page);
  }
}

}  // namespace web
