// Mutex, MutexLock and Condition with clang's thread-safety annotations: state says GUARDED_BY(mutex_), functions that
// expect the lock say REQUIRES(mutex_), and -Wthread-safety refuses the rest. They never do more than their std counterparts.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define BROADSHEET_ANNOTATE(x) __attribute__((x))
#else
#define BROADSHEET_ANNOTATE(x)
#endif
#define GUARDED_BY(x) BROADSHEET_ANNOTATE(guarded_by(x))
#define REQUIRES(...) BROADSHEET_ANNOTATE(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) BROADSHEET_ANNOTATE(locks_excluded(__VA_ARGS__))

namespace base {

class BROADSHEET_ANNOTATE(capability("mutex")) Mutex {
 public:
  void lock() BROADSHEET_ANNOTATE(acquire_capability()) { mutex_.lock(); }
  void unlock() BROADSHEET_ANNOTATE(release_capability()) { mutex_.unlock(); }

 private:
  friend class Condition;
  std::mutex mutex_;
};

class BROADSHEET_ANNOTATE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) BROADSHEET_ANNOTATE(acquire_capability(mutex)) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() BROADSHEET_ANNOTATE(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Wait in a loop on the state itself: a wake-up promises nothing.
class Condition {
 public:
  void wait(Mutex& mutex) REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }
  void wait_for(Mutex& mutex, std::chrono::milliseconds most) REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    condition_.wait_for(lock, most);
    lock.release();
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace base
