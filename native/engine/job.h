// Threads and the way back from them to JavaScript.
#pragma once

#include <node_api.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "napi.h"

namespace redoubt {

/**
 * The way from any thread to the JavaScript thread: `post` runs the given function there, in order, with the function of
 * JavaScript that this was made with (undefined where none was). Never waits.
 */
class ThreadCall {
 public:
  using Call = std::function<void(napi_env env, napi_value function)>;

  /** On the JavaScript thread. `function` may be null. While it lives and `keep_alive` is true, the process does not end by itself. */
  ThreadCall(napi_env env, napi_value function, const char *name, bool keep_alive);
  /** On any thread; what was posted before is still delivered. */
  ~ThreadCall();
  ThreadCall(const ThreadCall &) = delete;
  ThreadCall &operator=(const ThreadCall &) = delete;

  /** On any thread. False when JavaScript's side is gone; then `call` will not run. */
  bool post(Call call);
  /** On the JavaScript thread. */
  void keep_alive(napi_env env, bool yes);

 private:
  std::mutex mutex_;
  napi_threadsafe_function function_ = nullptr;
  bool closed_ = false;
};

/** Calls `function` on the JavaScript thread; what it throws becomes an uncaught exception of JavaScript. */
void call_function(napi_env env, napi_value function, std::initializer_list<napi_value> arguments);

/**
 * A thread that ends with JavaScript's environment: when that closes, `stop` is called (from its thread; it asks `body` to
 * return soon) and the thread is waited for, so that nothing runs in the library while the process exits. Otherwise nobody waits.
 * Once the environment is closed there are no more threads: then `body` runs at once on the caller's.
 */
void start_thread(napi_env env, std::function<void()> body, std::function<void()> stop);

/** Runs `body` on a thread of its own; the promise resolves with what `result` makes on the JavaScript thread. */
struct Job {
  /** On the job's thread; throws Error to reject. `progress` posts to `on_progress` before the promise settles. */
  std::function<void(ThreadCall &progress)> body;
  /** On the JavaScript thread after `body`; undefined where it is empty. */
  std::function<napi_value(napi_env)> result;
  /** Any thread: makes `body` return soon, as it is cancelled. */
  std::function<void()> stop;
  /** A function of JavaScript for progress, or null. */
  napi_value on_progress = nullptr;
};
napi_value run_job(napi_env env, Job job);

/**
 * A job that JavaScript can cancel: `{ promise, cancel() }`. `body` looks at `cancelled` and throws engine/cancelled. A cancel that
 * comes when `body` is through and the promise is not settled yet still counts: then `discard` takes the place of `result`.
 */
struct Task {
  std::function<void(const std::atomic<bool> &cancelled, ThreadCall &progress)> body;
  std::function<napi_value(napi_env)> result;
  std::function<void(napi_env)> discard;
  napi_value on_progress = nullptr;
};
napi_value run_task(napi_env env, Task task);

/** Drops the last reference where it may be slow: on a thread of its own, never the caller's. */
template <typename T>
void free_elsewhere(napi_env env, std::shared_ptr<T> object) {
  if (!object) return;
  auto owner = std::make_shared<std::shared_ptr<T>>(std::move(object));
  start_thread(env, [owner] { owner->reset(); }, {});
}

/** Called once per environment, before anything else. */
void watch_environment(napi_env env);

}  // namespace redoubt
